//! UpdateImageStorageClass.

use db::{Image, Tx};
use names::{Digest, ImageId, ImageStatus, RepositoryArn, StorageClass, Timestamp};

use super::archive::{archive, begin_restoring};
use super::find_named::find_named;
use crate::events::Events;
use crate::operations::require_repository;
use crate::{Failure, ImageRefusal, Operations};

impl Operations {
    /// Moves an image to the archive at once, or begins to restore it. Returns its digest, and the
    /// status that it has now.
    pub async fn update_image_storage_class(
        &self,
        arn: &RepositoryArn,
        id: ImageId,
        target: StorageClass,
    ) -> Result<(Digest, ImageStatus), Failure> {
        let (arn, at) = (arn.clone(), (self.events(), self.now()));
        self.db.write(move |tx| update(tx, &arn, &id, target, at)).await
    }
}

fn update(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    id: &ImageId,
    target: StorageClass,
    (events, now): (Events, Timestamp),
) -> Result<(Digest, ImageStatus), Failure> {
    let repository = require_repository(tx, arn)?;
    let found = find_named(tx, &repository, id)?.filter(|image| id.allows(&image.digest));
    let Some(Image { key, digest, status, .. }) = found else {
        let refusal = ImageRefusal::NotFound { repository: arn.clone(), image: id.clone() };
        return Err(refusal.into());
    };
    match (target, status) {
        (StorageClass::Archive, ImageStatus::Active) => {
            let parents = archive(tx, repository.key, key, &digest, (events, now))?;
            if !parents.is_empty() {
                return Err(ImageRefusal::ArchiveOfReferenced { parents }.into());
            }
            Ok((digest, ImageStatus::Archived))
        }
        (StorageClass::Standard, ImageStatus::Archived) => {
            begin_restoring(tx, key, now)?;
            Ok((digest, ImageStatus::Activating))
        }
        (target, status) => Err(ImageRefusal::StorageClassUnchangeable { target, status }.into()),
    }
}
