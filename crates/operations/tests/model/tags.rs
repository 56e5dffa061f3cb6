//! What tags named before, and rollbacks.

use std::time::Duration;

use names::{Digest, ImageId, ImageStatus, ImageTag, RepositoryArn, Timestamp};
use operations::{
    ImageRefusal, REMEMBER_TAGS_DAYS, Refusal, RepositoryRefusal, RolledBack, TagHistoryRefusal,
    TagVersion,
};

use crate::act::Earlier;
use crate::fixture::puller;
use crate::perform::{Trial, same};
use crate::state::Repository;

/// A move of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    tag: ImageTag,
    from: Option<Digest>,
    to: Option<Digest>,
    at: Timestamp,
}

/// Moves that are read together: few, so that there are several pages.
const PAGE: u32 = 7;

impl Trial<'_> {
    pub(crate) async fn roll_back(
        &mut self,
        number: u8,
        tag: u8,
        to: Earlier,
    ) -> Result<(), String> {
        let (arn, now) = (self.catalogue.repository(number).clone(), self.now());
        let tag = self.catalogue.tag(tag).clone();
        let version = match to {
            Earlier::Before => TagVersion::Before,
            Earlier::Image(image) => TagVersion::Digest(self.catalogue.image(image).digest.clone()),
            Earlier::SecondsAgo(seconds) => TagVersion::At(now.minus(Duration::from_secs(seconds))),
        };
        let operations = self.world.operations();
        let answer = operations.roll_back_tag(&arn, tag.clone(), version.clone(), &puller()).await;
        let Some(answer) = self.judge(answer)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", answer.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        same("answer", answer, repository.roll_back(&arn, &tag, version, now))
    }

    pub(crate) async fn verify_moves(
        &self,
        arn: &RepositoryArn,
        model: &Repository,
    ) -> Result<(), String> {
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let page = self.world.operations().list_tag_history(arn, None, before, PAGE).await;
            let page = page.map_err(|failure| format!("{failure:?}"))?;
            let Some(last) = page.last() else { break };
            before = Some(last.id);
            found.extend(page.into_iter().map(|found| {
                let at = found.mover.at;
                Move { tag: found.tag, from: found.from, to: found.to, at }
            }));
        }
        found.reverse();
        same("moves of tags", &found, &model.moves)
    }
}

impl Repository {
    /// Points a tag at an image or at none, and remembers it if that is a change.
    pub(crate) fn move_tag(&mut self, tag: &ImageTag, to: Option<&Digest>, now: Timestamp) {
        let from = match to {
            Some(to) => self.tags.insert(tag.clone(), to.clone()),
            None => self.tags.remove(tag),
        };
        if from.as_ref() != to {
            self.moves.push(Move { tag: tag.clone(), from, to: to.cloned(), at: now });
        }
    }

    fn roll_back(
        &mut self,
        arn: &RepositoryArn,
        tag: &ImageTag,
        version: TagVersion,
        now: Timestamp,
    ) -> Result<RolledBack, Refusal> {
        let (repository, from) = (arn.clone(), self.tags.get(tag).cloned());
        let Some(to) = self.version(tag, &version, now) else {
            let tag = tag.clone();
            return Err(TagHistoryRefusal::VersionNotFound { repository, tag, version }.into());
        };
        if from.as_ref() == Some(&to) {
            return Ok(RolledBack { from, to });
        }
        let Some(image) = self.image(&to) else {
            let image = ImageId::Digest(to);
            return Err(ImageRefusal::NotFound { repository, image }.into());
        };
        if image.status != ImageStatus::Active {
            let status = image.status;
            let digest = to;
            return Err(TagHistoryRefusal::ImageInaccessible { repository, digest, status }.into());
        }
        if from.is_some() && !self.mutability.allows_moving(tag, &self.filters) {
            return Err(ImageRefusal::TagImmutable { repository, tag: tag.clone() }.into());
        }
        self.move_tag(tag, Some(&to), now);
        Ok(RolledBack { from, to })
    }

    fn version(&self, tag: &ImageTag, version: &TagVersion, now: Timestamp) -> Option<Digest> {
        let current = self.tags.get(tag);
        let mut moves = self.moves.iter().filter(|it| it.tag == *tag);
        match version {
            TagVersion::Before => {
                let earlier = moves.rev().filter_map(|it| it.from.as_ref());
                earlier.into_iter().find(|from| Some(*from) != current).cloned()
            }
            TagVersion::Digest(digest) => {
                let names = |it: &Move| [&it.from, &it.to].contains(&&Some(digest.clone()));
                (current == Some(digest) || moves.any(names)).then(|| digest.clone())
            }
            TagVersion::At(moment) => {
                let first = moves.clone().next();
                let remembered = Duration::from_hours(24 * REMEMBER_TAGS_DAYS);
                match (moves.rfind(|it| it.at <= *moment), first) {
                    (Some(last), _) => last.to.clone(),
                    (None, _) if *moment < now.minus(remembered) => None,
                    (None, Some(first)) => first.from.clone(),
                    (None, None) => current.cloned(),
                }
            }
        }
    }
}
