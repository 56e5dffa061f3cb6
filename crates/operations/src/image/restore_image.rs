//! RestoreImage of our own service: brings back an image that was deleted or expired a while ago.

use db::Tx;
use names::{Digest, ImageId, ImageTag, MovedThrough, Principal, RepositoryArn};

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
        let (mover, archiving) = (self.moved_by(&mover, now), self.archiving());
        let restore = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &arn)?;
            let mover = mover.as_ref();
            let place = Place { arn: &arn, repository: &repository, archiving, mover, now };
            restore_in(tx, &place, &digest, tags.as_deref())
        };
        self.db.write(restore).await
    }
}

fn restore_in(
    tx: &mut Tx<'_>,
    place: &Place<'_>,
    digest: &Digest,
    tags: Option<&[ImageTag]>,
) -> Result<RestoredImage, Failure> {
    let Place { arn, repository, now, .. } = *place;
    if tx.find_image(repository.key, digest)?.is_some() {
        let (repository, digest) = (arn.clone(), digest.clone());
        return Err(ImageRefusal::AlreadyExists { repository, digest, tag: None }.into());
    }
    let deleted = tx.find_deleted_image(repository.key, digest)?;
    let Some(deleted) = deleted.filter(|deleted| deleted.restorable_until > now) else {
        let (repository, image) = (arn.clone(), ImageId::Digest(digest.clone()));
        return Err(ImageRefusal::NotFound { repository, image }.into());
    };
    restore(tx, place, &deleted, tags, 0)
}
