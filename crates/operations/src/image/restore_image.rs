//! RestoreImage of our own service: brings back an image that was deleted or expired a while ago.

use db::{TagMover, Tx};
use names::{Digest, ImageId, ImageTag, MovedThrough, Principal, RepositoryArn, Timestamp};

use super::undo::{Place, RestoredImage, restore};
use crate::operations::require_repository;
use crate::{Failure, ImageRefusal, Mover, Operations};

impl Operations {
    /// Restores a deleted image, under these tags, or under those that it had if no other image has
    /// them now.
    pub async fn restore_image(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
        tags: Option<Vec<ImageTag>>,
        principal: &Principal,
    ) -> Result<RestoredImage, Failure> {
        let (arn, digest, now) = (arn.clone(), digest.clone(), self.now());
        let mover = Mover { principal: principal.clone(), through: MovedThrough::Restore };
        let mover = self.moved_by(&mover, now);
        let restore = move |tx: &mut Tx<'_>| {
            restore_in(tx, (&arn, &digest), tags.as_deref(), mover.as_ref(), now)
        };
        self.db.write(restore).await
    }
}

fn restore_in(
    tx: &mut Tx<'_>,
    (arn, digest): (&RepositoryArn, &Digest),
    tags: Option<&[ImageTag]>,
    mover: Option<&TagMover>,
    now: Timestamp,
) -> Result<RestoredImage, Failure> {
    let repository = require_repository(tx, arn)?;
    if tx.find_image(repository.key, digest)?.is_some() {
        let (repository, digest) = (arn.clone(), digest.clone());
        return Err(ImageRefusal::AlreadyExists { repository, digest, tag: None }.into());
    }
    let deleted = tx.find_deleted_image(repository.key, digest)?;
    let Some(deleted) = deleted.filter(|deleted| deleted.restorable_until > now) else {
        let (repository, image) = (arn.clone(), ImageId::Digest(digest.clone()));
        return Err(ImageRefusal::NotFound { repository, image }.into());
    };
    let place = Place { arn, repository: &repository, mover, now };
    restore(tx, &place, &deleted, tags, 0)
}
