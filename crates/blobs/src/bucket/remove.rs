//! Removes everything that a key has: object, end, parts, pieces and claims.
//!
//! # Invariants
//! * Claims are removed last, because they lead to the rest.
//! * Everything here can be repeated.
//!
//! # On a crash
//! The claims that are left lead to everything else that is left. The next call removes it.

use std::collections::HashSet;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use names::ObjectKey;
use object_store::path::Path;

use super::key::{Place, object_of, turn_of};
use super::service::{Denied, Service, not_about_one};
use super::turn::{CLAIM_BYTES_MAX, Turn};
use crate::StoreError;

/// How many objects with claims or pieces are removed at once.
const REMOVALS_MAX: usize = 8;

/// How many claims or pieces of all objects are looked through for those of a few.
const LOOKED_THROUGH_MAX: usize = 1000;

/// The turns for which an object has claims or pieces, in order.
pub(super) async fn turns(service: &Service, home: Place<'_>) -> Result<Vec<u32>, StoreError> {
    let home = service.path(home);
    let work = service.cloud.objects().list(Some(&home)).try_collect();
    let listed: Vec<object_store::ObjectMeta> =
        service.ask("list what belongs to an object", work).await.map_err(not_about_one)?;
    let mut turns: Vec<u32> = listed.iter().filter_map(|meta| turn_of(&meta.location)).collect();
    turns.sort_unstable();
    Ok(turns)
}

/// Removes everything that a key has. The claims are removed last, because they lead to the rest:
/// after a crash the next call finds it.
pub(super) async fn remove_all(service: &Service, object: &ObjectKey) -> Result<(), StoreError> {
    let path = service.path(Place::Object(object));
    let pieces = turns(service, Place::PiecesOf(object)).await?;
    let turns = turns(service, Place::Upload(object)).await?;
    let mut aborted = HashSet::new();
    for turn in &turns {
        let claim = service.path(Place::Turn(object, *turn));
        let upload = match service.read(&claim, 0..CLAIM_BYTES_MAX).await {
            Ok(found) => Turn::parse(&found.bytes)?.upload,
            Err(Denied::NotFound) => None,
            Err(other) => return Err(other.about(object)),
        };
        if let Some(upload) = upload.filter(|upload| aborted.insert(upload.clone())) {
            abort(service, &path, &upload).await?;
        }
    }
    service.remove(&service.path(Place::End(object))).await?;
    service.remove(&path).await?;
    let piece = |turn| service.path(Place::Piece(object, turn));
    service.remove_each(pieces.into_iter().map(piece)).await?;
    let claim = |turn| service.path(Place::Turn(object, turn));
    service.remove_each(turns.into_iter().map(claim)).await
}

/// Removes everything that each of these keys has. Most have nothing but the object: they are
/// removed with one request.
pub(super) async fn remove_all_of_each(
    service: &Service,
    objects: &[ObjectKey],
) -> Result<(), StoreError> {
    let claimed = with_more(service, Place::Uploads, objects).await?;
    let in_pieces = with_more(service, Place::Pieces, objects).await?;
    let has_more = |object: &&ObjectKey| claimed.contains(*object) || in_pieces.contains(*object);
    let (more, plain): (Vec<_>, Vec<_>) = objects.iter().partition(has_more);
    let each = stream::iter(more).map(|object| remove_all(service, object));
    each.buffer_unordered(REMOVALS_MAX).try_collect::<()>().await?;
    let paths = |object| [Place::End(object), Place::Object(object)].map(|of| service.path(of));
    service.remove_together(plain.into_iter().flat_map(paths).collect()).await
}

/// Those of the objects that have something in a folder of claims or pieces. If it holds more than
/// can be looked through, each is asked about.
async fn with_more(
    service: &Service,
    home: Place<'_>,
    objects: &[ObjectKey],
) -> Result<HashSet<ObjectKey>, StoreError> {
    let path = service.path(home);
    let work = service.cloud.objects().list(Some(&path)).take(LOOKED_THROUGH_MAX).try_collect();
    let listed: Vec<object_store::ObjectMeta> =
        service.ask("list what belongs to objects", work).await.map_err(not_about_one)?;
    if listed.len() < LOOKED_THROUGH_MAX {
        return Ok(listed.iter().filter_map(|meta| object_of(&meta.location, &path)).collect());
    }
    let each = stream::iter(objects).map(async |object| {
        let of_one = match home {
            Place::Pieces => Place::PiecesOf(object),
            _ => Place::Upload(object),
        };
        let has_more = !turns(service, of_one).await?.is_empty();
        Ok::<_, StoreError>(has_more.then(|| object.clone()))
    });
    let found: Vec<_> = each.buffered(REMOVALS_MAX).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// Deletes the parts of a key that is about to be removed. An upload that was completed or aborted
/// has none.
pub(super) async fn abort(service: &Service, path: &Path, upload: &str) -> Result<(), StoreError> {
    match service.ask("abort an upload", service.cloud.drop_parts(path, upload)).await {
        Ok(()) | Err(Denied::NotFound) => Ok(()),
        Err(other) => Err(not_about_one(other)),
    }
}
