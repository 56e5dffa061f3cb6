//! Points a tag at an image: shared by pushes and rollbacks.

use db::{IfTaken, ImageKey, Pointed, Repository, TagMover, Tx};
use names::{Digest, ImageTag, RepositoryArn, Timestamp};

use super::recording::{drop_record, record};
use crate::events::Events;
use crate::events::image_action::{self, ImageAction};
use crate::{Failure, ImageRefusal};

/// ECR's limit of tags on one image.
const TAGS_MAX: u64 = 1_000;

/// Points a tag at the image, and tells so as a push. Returns whether anything changed. The
/// previous image stays, untagged if this was its last tag.
pub(crate) fn point(
    tx: &mut Tx<'_>,
    (arn, repository): (&RepositoryArn, &Repository),
    tag: &ImageTag,
    image: (ImageKey, &Digest),
    mover: Option<&TagMover>,
    (events, now): (Events, Timestamp),
) -> Result<bool, Failure> {
    let movable = repository.mutability.allows_moving(tag, &repository.exclusion_filters);
    let if_taken = if movable { IfTaken::Move } else { IfTaken::Refuse };
    match tx.point_tag(repository.key, tag, image, if_taken, mover)? {
        Pointed::Already => return Ok(false),
        Pointed::Refused => {
            return Err(
                ImageRefusal::TagImmutable { repository: arn.clone(), tag: tag.clone() }.into()
            );
        }
        Pointed::New => {}
        Pointed::MovedFrom(before) => drop_record(tx, repository, before, tag, now)?,
    }
    record(tx, repository.key, image.0, Some(tag), now)?;
    image_action::write(tx, repository, (ImageAction::Push, image.1, Some(tag)), (events, now))?;
    Ok(true)
}

/// Refuses if the image has too many tags now. It had so many before, and got so many at most: its
/// tags are only counted if that could be too many.
pub(crate) fn require_few_tags(
    tx: &mut Tx<'_>,
    repository: &Repository,
    digest: &Digest,
    (tags_before, pointed): (u64, usize),
) -> Result<(), Failure> {
    if tags_before + pointed as u64 > TAGS_MAX {
        let image = tx.find_image(repository.key, digest)?;
        if image.is_some_and(|image| image.tag_count > TAGS_MAX) {
            return Err(ImageRefusal::TooManyTags { tags_max: TAGS_MAX }.into());
        }
    }
    Ok(())
}
