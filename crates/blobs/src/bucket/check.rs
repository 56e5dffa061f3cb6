//! Proves, before the server serves, that a bucket exists and that its store has what we rely on,
//! above all conditional writes.
//!
//! # Invariants
//! * A store that grants one claim twice is refused: two nodes could then write one object.
//! * Each error says what to change: the bucket, the key's rights, or the store.
//!
//! # Who calls
//! `BucketStore::check`, once at the start of a node. Nodes may check one bucket at the same time.
//!
//! # On a crash
//! An object under `checks/` stays. It has a random name, holds five bytes, and is never read.

use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use names::ObjectKey;
use object_store::path::Path;
use object_store::{Attributes, PutMode};

use super::key::Place;
use super::remove::abort;
use super::service::{Denied, NO_BUCKET, Service, not_about_one};
use crate::StoreError;

/// How often to try a bucket that refuses a valid request, and the first pause between two tries.
const CHECKS_MAX: u32 = 6;
const CHECK_PAUSE: Duration = Duration::from_millis(20);

const OTHER_BYTES: StoreError =
    StoreError::Misused("the object store returns other bytes than were written to it");

/// Checks that the bucket exists and does what we need.
///
/// A refusal that looks like a missing bucket is tried again. There are two harmless causes: a
/// conditional PUT whose answer was lost is refused when it is sent again; and versitygw refuses a
/// PUT if another starting node has just removed the last object in the same folder.
pub(super) async fn check(service: &Service) -> Result<(), StoreError> {
    let mut tries = 1;
    loop {
        match check_once(service).await {
            Err(StoreError::Misused(NO_BUCKET)) if tries < CHECKS_MAX => {
                tokio::time::sleep(CHECK_PAUSE * tries).await;
                tries += 1;
            }
            checked => return checked,
        }
    }
}

/// Order: the object is made first and removed last, whatever fails in between.
async fn check_once(service: &Service) -> Result<(), StoreError> {
    let mut random = [0; 16];
    aws_lc_rs::rand::fill(&mut random).expect("the system gives random bytes");
    let object = ObjectKey::from_random(random);
    let path = service.path(Place::Check(&object));
    let content = Bytes::from_static(b"check");
    let put = || service.write(&path, content.clone(), PutMode::Create, Attributes::new());
    let checked = match put().await {
        Ok(()) => check_with(service, &path, put().await).await,
        Err(Denied::Failed(error)) => return Err(error),
        // It is removed all the same: an earlier try may have succeeded.
        Err(refused) => Err(not_about_one(refused)),
    };
    let removed = service.remove(&path).await;
    checked.and(removed)
}

async fn check_with(
    service: &Service,
    path: &Path,
    written_again: Result<(), Denied>,
) -> Result<(), StoreError> {
    match written_again {
        Err(Denied::Exists) => {}
        Ok(()) => {
            return Err(StoreError::Misused(
                "the object store ignores If-None-Match on PUT, so nodes could overwrite each other's objects; use another store, or a newer version",
            ));
        }
        Err(other) => return Err(not_about_one(other)),
    }
    let found = service.read(path, 0..64).await.map_err(not_about_one)?;
    if found.bytes != "check" {
        return Err(OTHER_BYTES);
    }
    let home = service.path(Place::Uploads);
    let mut listing = service.cloud.objects().list(Some(&home));
    service.ask("list objects", listing.try_next()).await.map_err(not_about_one)?;
    abort(service, path, &begin(service, path).await?).await?;
    if service.cloud.is_translated() {
        check_parts(service, path).await?;
    }
    Ok(())
}

async fn begin(service: &Service, path: &Path) -> Result<String, StoreError> {
    let begun = service.ask("begin an upload", service.cloud.begin(path, Attributes::new())).await;
    begun.map_err(not_about_one)
}

/// Checks that an object uploaded in parts reads back correctly.
async fn check_parts(service: &Service, path: &Path) -> Result<(), StoreError> {
    const CONTENT: &[u8] = b"check of parts";
    let upload = begin(service, path).await?;
    let parts = service.cloud.parts();
    let written = async {
        let part = parts.put_part(path, &upload, 0, Bytes::from_static(CONTENT).into()).await?;
        parts.complete_multipart(path, &upload, vec![part]).await
    };
    if let Err(error) = service.ask("upload in parts", written).await {
        abort(service, path, &upload).await?;
        return Err(not_about_one(error));
    }
    let found = service.read(path, 0..64).await.map_err(not_about_one)?;
    if found.bytes == CONTENT { Ok(()) } else { Err(OTHER_BYTES) }
}
