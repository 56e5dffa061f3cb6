//! `ECR Image Action` and `ECR Referrer Action`: what happened to an image.
//!
//! * A push and a deletion are told tag by tag, and without a tag if the image has none.
//! * An image that refers to another is a referrer: when it moves between storage classes, that is
//!   a `Referrer Action`, because it follows its subject.

use db::{DbError, Image, ImageKey, Repository, Tx};
use names::{Digest, ImageTag, MediaType, RepositoryName, StorageClass, Timestamp};
use serde::Serialize;

use super::{Events, Happening};

/// Its `source`.
pub(super) const ECR: &str = "aws.ecr";

const IMAGE_ACTION: &str = "ECR Image Action";
const REFERRER_ACTION: &str = "ECR Referrer Action";
const SUCCESS: &str = "SUCCESS";

/// A push or a deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImageAction {
    /// The image is there, or has this tag, from now on.
    Push,
    /// It is not, or has not, from now on.
    Delete,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "kebab-case")]
struct Detail<'a> {
    result: &'static str,
    repository_name: &'a str,
    image_digest: &'a str,
    action_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_tag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_storage_class: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest_media_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact_media_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_activated_at: Option<String>,
}

/// Tells that an image was pushed or deleted, under this tag or without one.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    repository: &Repository,
    (action, digest, tag): (ImageAction, &Digest, Option<&ImageTag>),
    (events, now): (Events, Timestamp),
) -> Result<(), DbError> {
    if events == Events::Off {
        return Ok(());
    }
    let detail = Detail {
        result: SUCCESS,
        repository_name: repository.name.as_str(),
        image_digest: digest.as_str(),
        action_type: match action {
            ImageAction::Push => "PUSH",
            ImageAction::Delete => "DELETE",
        },
        image_tag: tag.map(ImageTag::as_str),
        ..Detail::default()
    };
    let happening = Happening {
        source: ECR,
        detail_type: IMAGE_ACTION,
        resources: Vec::new(),
        detail,
        about: about(&repository.name, digest),
    };
    tx.insert_event_in(repository.registry, &happening.row(events, now), now)
}

/// Tells that an image has moved to the archive, or has come back from it.
pub(crate) fn write_move(
    tx: &mut Tx<'_>,
    image: ImageKey,
    target: StorageClass,
    (events, now): (Events, Timestamp),
) -> Result<(), DbError> {
    if events == Events::Off {
        return Ok(());
    }
    let Some((home, digest, _)) = tx.find_image_status(image)? else { return Ok(()) };
    let Some(repository) = tx.find_repository_by_key(home)? else { return Ok(()) };
    let Some(image) = tx.find_image(home, &digest)? else { return Ok(()) };
    let happening = moved(&repository, &image, target, now);
    tx.insert_event_in(repository.registry, &happening.row(events, now), now)
}

fn moved<'a>(
    repository: &'a Repository,
    image: &'a Image,
    target: StorageClass,
    now: Timestamp,
) -> Happening<Detail<'a>> {
    let (class, activated_at) = match target {
        StorageClass::Archive => ("ARCHIVE", None),
        StorageClass::Standard => ("STANDARD", Some(now)),
    };
    let artifact = image.artifact_type.as_ref().or(image.config_media_type.as_ref());
    let detail = Detail {
        result: SUCCESS,
        repository_name: repository.name.as_str(),
        image_digest: image.digest.as_str(),
        action_type: "UPDATE_STORAGE_CLASS",
        image_tag: None,
        target_storage_class: Some(class),
        manifest_media_type: Some(image.media_type.as_str()),
        artifact_media_type: artifact.map(MediaType::as_str),
        last_activated_at: activated_at.and_then(to_the_fraction),
    };
    Happening {
        source: ECR,
        detail_type: if image.subject.is_some() { REFERRER_ACTION } else { IMAGE_ACTION },
        resources: Vec::new(),
        detail,
        about: about(&repository.name, &image.digest),
    }
}

/// A moment in UTC, with the fraction of its second.
fn to_the_fraction(moment: Timestamp) -> Option<String> {
    jiff::Timestamp::from_microsecond(moment.as_micros()).ok().map(|moment| moment.to_string())
}

/// What events of an image are about.
pub(super) fn about(repository: &RepositoryName, digest: &Digest) -> String {
    format!("{repository}@{digest}")
}
