//! `DELETE …/manifests/REFERENCE` at the OCI door: BatchDeleteImage for one tag or image.

use db::DeletionCause;
use names::{Reference, RepositoryArn};

use super::pull_image::image_not_found;
use super::removal::{delete_tag, delete_whole_image};
use crate::operations::require_repository;
use crate::{Failure, ImageRefusal, Mover, Operations};

/// The deleted things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// A tag; the image stays.
    Tag,
    /// An image, with all of its tags.
    Image,
}

impl Operations {
    /// Deletes a tag or an image. A tag is always deleted, as the distribution specification
    /// requires; the image is deleted with its last tag unless an index holds it.
    pub async fn delete_manifest(
        &self,
        arn: &RepositoryArn,
        reference: &Reference,
        mover: &Mover,
    ) -> Result<Deleted, Failure> {
        let (arn, reference, now) = (arn.clone(), reference.clone(), self.now());
        let removing = self.removing(DeletionCause::Deleted, self.moved_by(mover, now));
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let found = match &reference {
                    Reference::Tag(tag) => tx.find_image_by_tag(repository.key, tag)?,
                    Reference::Digest(digest) => tx.find_image(repository.key, digest)?,
                };
                let image = found.ok_or_else(|| image_not_found(&arn, &reference))?;
                let parents = tx.list_parents(repository.key, &image.digest, 1)?;
                match &reference {
                    Reference::Tag(tag) if image.tag_count > 1 || !parents.is_empty() => {
                        delete_tag(tx, &repository, &image, tag, &removing, now)?;
                        Ok(Deleted::Tag)
                    }
                    Reference::Digest(_) if !parents.is_empty() => {
                        Err(ImageRefusal::ReferencedByManifestList { parents }.into())
                    }
                    Reference::Tag(_) | Reference::Digest(_) => {
                        delete_whole_image(tx, &repository, &image, &removing, now)?;
                        Ok(Deleted::Image)
                    }
                }
            })
            .await
    }
}
