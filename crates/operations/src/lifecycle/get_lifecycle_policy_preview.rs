//! GetLifecyclePolicyPreview.

use std::time::Duration;

use db::{DbError, LifecyclePreview, PreviewedImage, RepositoryKey, TagStatus, Tx};
use names::{Digest, ImageId, PreviewState, RepositoryArn, Timestamp};

use crate::operations::require_repository;
use crate::{Failure, InvalidParameter, LifecycleRefusal, Operations, Refusal};

/// A preview that is in progress for longer than this has failed: its job keeps failing, or no node
/// runs any. Another may be started.
const PATIENCE: Duration = Duration::from_hours(1);

/// A place in the results of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewPlace {
    /// The run whose results they are.
    pub turn: i64,
    /// The place of the last image that was shown.
    pub place: u64,
}

/// Which results are wanted.
#[derive(Debug, Clone)]
pub enum PreviewResults {
    /// One page of all, in the order of acting.
    Page {
        /// Only of images with tags, or without.
        tags: TagStatus,
        /// The end of the page before.
        after: Option<PreviewPlace>,
        /// How many.
        limit: u32,
    },
    /// Those about these images.
    Named(Vec<ImageId>),
}

impl Operations {
    /// The last preview in the repository, and some of its results.
    pub async fn get_lifecycle_policy_preview(
        &self,
        arn: &RepositoryArn,
        wanted: PreviewResults,
    ) -> Result<(LifecyclePreview, Vec<PreviewedImage>), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.db
            .read_at_length(move |tx| {
                let repository = require_repository(tx, &arn)?.key;
                let mut preview = tx
                    .find_lifecycle_preview(repository)?
                    .ok_or_else(|| LifecycleRefusal::PreviewNotFound(arn.clone()))?;
                preview.state = state_at(&preview, now);
                let images = match &wanted {
                    _ if preview.state != PreviewState::Complete => Vec::new(),
                    PreviewResults::Page { tags, after, limit } => {
                        let after = after.map(|after| place_in(&preview, after)).transpose()?;
                        let turn = preview.turn;
                        tx.list_previewed_images(repository, turn, *tags, after, *limit)?
                    }
                    PreviewResults::Named(ids) => named(tx, repository, preview.turn, ids)?,
                };
                Ok::<_, Failure>((preview, images))
            })
            .await
    }
}

/// How far a preview is, to a client.
pub(super) fn state_at(preview: &LifecyclePreview, now: Timestamp) -> PreviewState {
    let is_late = now > preview.started_at.plus(PATIENCE);
    match preview.state {
        PreviewState::InProgress if is_late => PreviewState::Failed,
        state => state,
    }
}

/// A page of another run's results does not continue in this one.
fn place_in(preview: &LifecyclePreview, after: PreviewPlace) -> Result<u64, Refusal> {
    if after.turn == preview.turn {
        return Ok(after.place);
    }
    let constraint = "Invalid token".to_owned();
    Err(InvalidParameter { path: "nextToken", constraint }.into())
}

/// The results about these images, each once. Tags are those of now.
fn named(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    turn: i64,
    ids: &[ImageId],
) -> Result<Vec<PreviewedImage>, DbError> {
    let mut digests: Vec<Digest> = Vec::with_capacity(ids.len());
    for id in ids {
        let named = match id {
            ImageId::Tag(tag) | ImageId::Both { tag, .. } => {
                tx.find_image_by_tag(repository, tag)?.map(|image| image.digest)
            }
            ImageId::Digest(digest) => Some(digest.clone()),
        };
        let meant = named.filter(|named| id.allows(named));
        digests.extend(meant.filter(|meant| !digests.contains(meant)));
    }
    let digests: Vec<&Digest> = digests.iter().collect();
    let found = tx.find_previewed_images(repository, turn, &digests)?;
    Ok(found.into_iter().flatten().collect())
}
