//! RollBackTag of our own service: points a tag at an image that it named before.
//!
//! All is decided in the transaction that moves the tag: what the tag names now, what its history
//! knows, and whether the image is there and can be pulled.

use db::{Image, Repository, TagMover, Tx};
use names::{
    Digest, ImageId, ImageStatus, ImageTag, MovedThrough, Principal, RepositoryArn, Timestamp,
};

use super::mover::Mover;
use super::refusal::{TagHistoryRefusal, TagVersion};
use crate::events::Events;
use crate::image::pointing::{point, require_few_tags};
use crate::operations::require_repository;
use crate::{Failure, ImageRefusal, Operations};

/// The result of a rollback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledBack {
    /// The image that the tag named before the rollback, if any.
    pub from: Option<Digest>,
    /// The image that it names now. If it is the same, nothing was changed.
    pub to: Digest,
}

/// What to roll back, and how.
struct Rollback {
    arn: RepositoryArn,
    tag: ImageTag,
    version: TagVersion,
    /// Moves before it may have been forgotten.
    remembered_since: Timestamp,
    mover: Option<TagMover>,
    events: Events,
    now: Timestamp,
}

impl Operations {
    /// Points a tag at an image that it named before.
    pub async fn roll_back_tag(
        &self,
        arn: &RepositoryArn,
        tag: ImageTag,
        version: TagVersion,
        principal: &Principal,
    ) -> Result<RolledBack, Failure> {
        let now = self.now();
        let mover = Mover { principal: principal.clone(), through: MovedThrough::Rollback };
        let rollback = Rollback {
            arn: arn.clone(),
            tag,
            version,
            remembered_since: now.minus(self.tag_history.remember),
            mover: self.moved_by(&mover, now),
            events: self.events(),
            now,
        };
        self.db.write(move |tx| rollback.carry_out(tx)).await
    }
}

impl Rollback {
    fn carry_out(&self, tx: &mut Tx<'_>) -> Result<RolledBack, Failure> {
        let Self { arn, tag, mover, events, now, .. } = self;
        let repository = require_repository(tx, arn)?;
        let from = tx.find_image_by_tag(repository.key, tag)?.map(|image| image.digest);
        let Some(to) = self.find_version(tx, &repository, from.as_ref())? else {
            let (repository, tag, version) = (arn.clone(), tag.clone(), self.version.clone());
            return Err(TagHistoryRefusal::VersionNotFound { repository, tag, version }.into());
        };
        if from.as_ref() == Some(&to) {
            return Ok(RolledBack { from, to });
        }
        let image = self.require_image(tx, &repository, &to)?;
        let target = (image.key, &to);
        point(tx, (arn, &repository), tag, target, mover.as_ref(), (*events, *now))?;
        require_few_tags(tx, &repository, &to, (image.tag_count, 1))?;
        Ok(RolledBack { from, to })
    }

    /// The image that is meant, if the history knows it.
    fn find_version(
        &self,
        tx: &mut Tx<'_>,
        repository: &Repository,
        current: Option<&Digest>,
    ) -> Result<Option<Digest>, Failure> {
        let (tag, key) = (&self.tag, repository.key);
        Ok(match &self.version {
            TagVersion::Before => tx.find_earlier_version(key, tag, current)?,
            TagVersion::Digest(digest) => {
                let is_known = current == Some(digest) || tx.tag_has_named(key, tag, digest)?;
                is_known.then(|| digest.clone())
            }
            TagVersion::At(moment) => match tx.find_tag_move_until(key, tag, *moment)? {
                Some(last) => last.to,
                // What it named before its first known move is only known for as long as moves are
                // remembered.
                None if *moment < self.remembered_since => None,
                None => match tx.find_first_tag_move(key, tag)? {
                    Some(first) => first.from,
                    None => current.cloned(),
                },
            },
        })
    }

    /// The image, if it is there and can be pulled.
    fn require_image(
        &self,
        tx: &mut Tx<'_>,
        repository: &Repository,
        digest: &Digest,
    ) -> Result<Image, Failure> {
        let arn = || self.arn.clone();
        let Some(image) = tx.find_image(repository.key, digest)? else {
            let image = ImageId::Digest(digest.clone());
            return Err(ImageRefusal::NotFound { repository: arn(), image }.into());
        };
        match image.status {
            ImageStatus::Active => Ok(image),
            status @ (ImageStatus::Archived | ImageStatus::Activating) => {
                let digest = digest.clone();
                Err(TagHistoryRefusal::ImageInaccessible { repository: arn(), digest, status }
                    .into())
            }
        }
    }
}
