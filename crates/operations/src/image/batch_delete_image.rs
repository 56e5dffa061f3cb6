//! BatchDeleteImage.

use std::collections::HashSet;
use std::sync::Arc;

use db::{DeletionCause, Repository, Tx};
use names::{Digest, ImageId, RepositoryArn, Timestamp};

use super::find_named::find_named;
use super::removal::{DeletedImage, Removed, Removing, delete_tag, delete_whole_image};
use crate::operations::require_repository;
use crate::{Failure, ImageFailure, Mover, Operations};

/// Indexes named at most when a deletion is refused for their sake.
const PARENTS_SHOWN_MAX: u32 = 10;

/// How many rows one transaction deletes at most, unless one image alone has more, so that other
/// writers are not delayed.
const ROWS_MAX: usize = 1_000;

/// The result for one id.
struct Tried {
    outcome: Result<Vec<DeletedImage>, ImageFailure>,
    /// The image that it means.
    digest: Option<Digest>,
    /// The images that an index held, if it is gone.
    freed: Vec<Digest>,
    rows: usize,
}

impl Operations {
    /// Deletes tags and images, with a result for each, in the requested order. By tag it deletes
    /// the tag, and with its last tag the image; by digest it deletes the image with all of its
    /// tags. Images that an index holds stay, unless the index is deleted in the same call, in any
    /// position. Each image is deleted in one transaction; a large batch takes several.
    pub async fn batch_delete_image(
        &self,
        arn: &RepositoryArn,
        ids: Vec<ImageId>,
        mover: &Mover,
    ) -> Result<Vec<Result<Vec<DeletedImage>, ImageFailure>>, Failure> {
        let is_alone = ids.len() == 1;
        let mut outcomes = Vec::new();
        let mut held = Vec::new();
        let mut freed = HashSet::new();
        for tried in self.try_to_delete(arn, ids.clone(), is_alone, mover).await? {
            outcomes.push(tried.outcome);
            held.push(tried.digest);
            freed.extend(tried.freed);
        }
        // Each turn deletes an image at least, or is the last.
        while !freed.is_empty() {
            let is_free = |at: &usize| {
                let is_held =
                    matches!(outcomes[*at], Err(ImageFailure::ReferencedByManifestList(_)));
                is_held && held[*at].as_ref().is_some_and(|digest| freed.contains(digest))
            };
            let again: Vec<usize> = (0..ids.len()).filter(is_free).collect();
            freed = HashSet::new();
            let tried = again.iter().map(|at| ids[*at].clone()).collect();
            let tried = self.try_to_delete(arn, tried, is_alone, mover).await?;
            for (at, tried) in again.into_iter().zip(tried) {
                outcomes[at] = tried.outcome;
                freed.extend(tried.freed);
            }
        }
        forgive_repetitions(&ids, &mut outcomes);
        Ok(outcomes)
    }

    /// Tries each, in as many transactions as necessary.
    async fn try_to_delete(
        &self,
        arn: &RepositoryArn,
        ids: Vec<ImageId>,
        is_alone: bool,
        mover: &Mover,
    ) -> Result<Vec<Tried>, Failure> {
        let (ids, now) = (Arc::new(ids), self.now());
        let mover = self.moved_by(mover, now);
        let removing = Arc::new(self.removing(DeletionCause::Deleted, mover));
        let mut all = Vec::with_capacity(ids.len());
        while all.len() < ids.len() {
            let (arn, ids, done) = (arn.clone(), Arc::clone(&ids), all.len());
            let removing = Arc::clone(&removing);
            let some = move |tx: &mut Tx<'_>| {
                let repository = require_repository(tx, &arn)?;
                let (mut some, mut rows) = (Vec::new(), 0);
                for id in &ids[done..] {
                    let tried = delete_one(tx, &repository, id, is_alone, (&removing, now))?;
                    rows += tried.rows;
                    some.push(tried);
                    if rows >= ROWS_MAX {
                        break;
                    }
                }
                Ok::<_, Failure>(some)
            };
            all.extend(self.db.write(some).await?);
        }
        Ok(all)
    }
}

/// What another id of the same call deleted was there when the call came: its second name is not a
/// failure, in any position.
fn forgive_repetitions(ids: &[ImageId], outcomes: &mut [Result<Vec<DeletedImage>, ImageFailure>]) {
    let deleted: Vec<DeletedImage> = outcomes.iter().flatten().flatten().cloned().collect();
    for (id, outcome) in ids.iter().zip(outcomes) {
        let names = |gone: &DeletedImage| {
            id.allows(&gone.digest) && id.tag().is_none_or(|tag| gone.tag.as_ref() == Some(tag))
        };
        if matches!(outcome, Err(ImageFailure::NotFound)) && deleted.iter().any(names) {
            *outcome = Ok(Vec::new());
        }
    }
}

fn delete_one(
    tx: &mut Tx<'_>,
    repository: &Repository,
    id: &ImageId,
    is_alone: bool,
    (removing, now): (&Removing, Timestamp),
) -> Result<Tried, Failure> {
    let failed =
        |failure, digest| Tried { outcome: Err(failure), digest, freed: Vec::new(), rows: 1 };
    let Some(image) = find_named(tx, repository, id)? else {
        return Ok(failed(ImageFailure::NotFound, None));
    };
    let digest = Some(image.digest.clone());
    if !id.allows(&image.digest) {
        return Ok(failed(ImageFailure::TagDoesNotMatchDigest, digest));
    }
    if let ImageId::Tag(tag) = id
        && image.tag_count > 1
    {
        delete_tag(tx, repository, &image, tag, removing, now)?;
        let deleted = vec![DeletedImage { digest: image.digest, tag: Some(tag.clone()) }];
        return Ok(Tried { outcome: Ok(deleted), digest, freed: Vec::new(), rows: 1 });
    }
    let parents = tx.list_parents(repository.key, &image.digest, PARENTS_SHOWN_MAX)?;
    if !parents.is_empty() {
        return Ok(failed(ImageFailure::ReferencedByManifestList(parents), digest));
    }
    let freed = if is_alone { Vec::new() } else { tx.list_children(image.key)? };
    let Removed { deleted, layers } = delete_whole_image(tx, repository, &image, removing, now)?;
    let rows = 1 + freed.len() + layers + deleted.len();
    Ok(Tried { outcome: Ok(deleted), digest, freed, rows })
}
