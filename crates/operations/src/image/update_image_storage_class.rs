//! UpdateImageStorageClass.

use db::{Image, Tx};
use names::{Digest, ImageStatus, RepositoryArn, StorageClass, Timestamp};

use super::archive::{archive, begin_restoring};
use crate::operations::require_repository;
use crate::{Failure, ImageId, Operations, Refusal};

impl Operations {
    /// Moves an image to the archive at once, or begins to restore it. Returns its digest, and the
    /// status that it has now.
    pub async fn update_image_storage_class(
        &self,
        arn: &RepositoryArn,
        id: ImageId,
        target: StorageClass,
    ) -> Result<(Digest, ImageStatus), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.db.write(move |tx| update(tx, &arn, &id, target, now)).await
    }
}

fn update(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    id: &ImageId,
    target: StorageClass,
    now: Timestamp,
) -> Result<(Digest, ImageStatus), Failure> {
    let repository = require_repository(tx, arn)?.key;
    let found = match (&id.tag, &id.digest) {
        (Some(tag), _) => tx.find_image_by_tag(repository, tag)?,
        (None, Some(digest)) => tx.find_image(repository, digest)?,
        (None, None) => None,
    };
    let found = found.filter(|image| id.digest.as_ref().is_none_or(|it| *it == image.digest));
    let Some(Image { key, digest, status, .. }) = found else {
        let refusal = Refusal::ImageNotFound { repository: arn.clone(), image: id.clone() };
        return Err(refusal.into());
    };
    match (target, status) {
        (StorageClass::Archive, ImageStatus::Active) => {
            let parents = archive(tx, repository, key, &digest, now)?;
            if !parents.is_empty() {
                return Err(Refusal::ArchiveOfReferenced { parents }.into());
            }
            Ok((digest, ImageStatus::Archived))
        }
        (StorageClass::Standard, ImageStatus::Archived) => {
            begin_restoring(tx, key, now)?;
            Ok((digest, ImageStatus::Activating))
        }
        (target, status) => Err(Refusal::StorageClassUnchangeable { target, status }.into()),
    }
}
