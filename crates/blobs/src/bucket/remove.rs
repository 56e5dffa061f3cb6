//! Removes everything that a key has: object, end, parts, pieces and claims.
//!
//! # Invariants
//! * Claims are removed last, because they lead to the rest.
//! * Everything here can be repeated.
//!
//! # On a crash
//! The claims that are left lead to everything else that is left. The next call removes it.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use names::ObjectKey;
use object_store::path::Path;

use super::key::{Place, turn_of};
use super::service::{Denied, Service, not_about_one};
use super::turn::{CLAIM_BYTES_MAX, Turn};
use crate::StoreError;

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

/// Deletes the parts of a key that is about to be removed. An upload that was completed or aborted
/// has none.
pub(super) async fn abort(service: &Service, path: &Path, upload: &str) -> Result<(), StoreError> {
    match service.ask("abort an upload", service.cloud.drop_parts(path, upload)).await {
        Ok(()) | Err(Denied::NotFound) => Ok(()),
        Err(other) => Err(not_about_one(other)),
    }
}
