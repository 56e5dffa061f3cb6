//! RestoreImage of our own service: brings back an image that was deleted or expired a while ago.

use db::{RestorableImage, Tx};
use names::{Digest, ImageTag, MovedThrough, Principal, RepositoryArn};

use super::undo::{Place, RestoredImage, restore};
use super::undo_refusal::UndoRefusal;
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
        let events = self.events();
        let keeps_nothing = self.undo_window.is_zero();
        let restore = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &arn)?;
            let mover = mover.as_ref();
            let place = Place { arn: &arn, repository: &repository, archiving, mover, events, now };
            let Some(deleted) = find_kept(tx, &place, &digest)? else {
                let (repository, digest) = (arn.clone(), digest.clone());
                return Err(if keeps_nothing {
                    UndoRefusal::NothingKept { repository, digest }.into()
                } else {
                    UndoRefusal::NotKept { repository, digest }.into()
                });
            };
            restore(tx, &place, &deleted, tags.as_deref(), 0)
        };
        self.db.write(restore).await
    }
}

/// The deleted image, if its time is not over. One that is there again is refused.
fn find_kept(
    tx: &mut Tx<'_>,
    place: &Place<'_>,
    digest: &Digest,
) -> Result<Option<RestorableImage>, Failure> {
    let Place { arn, repository, now, .. } = *place;
    if tx.find_image(repository.key, digest)?.is_some() {
        let (repository, digest) = (arn.clone(), digest.clone());
        return Err(ImageRefusal::AlreadyExists { repository, digest, tag: None }.into());
    }
    let deleted = tx.find_deleted_image(repository.key, digest)?;
    Ok(deleted.filter(|deleted| deleted.restorable_until > now))
}
