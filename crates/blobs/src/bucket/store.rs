//! The store of objects in a bucket: creates, reopens, reads, lists and deletes them.
//!
//! # Invariants
//! * Any number of processes may use one bucket. Within a process only one writer at a time has an
//!   object (`Hold`); between processes the claims of its turns decide (`writer`).
//! * `reopen` continues an upload only from the state of its last turn. Any other state is torn and
//!   is never written to again; `salvage` reads the bytes that it acknowledged.
//! * `open` returns a reader only for an object that was committed. It costs one request.
//! * `delete` removes everything that a key has: object, end, parts, pieces and claims. It can be
//!   repeated.
//! * `check` proves, before the server serves, that the store has what we rely on, above all
//!   conditional writes.
//!
//! # Who calls
//! `Blobs`, through `ObjectStore`, on threads that may block; the server calls `check` once at
//! start.
//!
//! # On a crash
//! * During `create` or `reopen`: a claim without bytes stays. A row or job names the key, and
//!   `delete` removes the claim.
//! * During `delete`: claims are removed last, so they still lead to everything that is left. The
//!   job runs again.
//! * During `salvage`: the parts may have become an object without an end. It is not a committed
//!   object, and `salvage` reads it the next time.
//! * A lost answer is retried within the limits of `service`. Then the call fails, and its caller
//!   decides.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use names::{ObjectKey, Timestamp};
use object_store::multipart::PartId;
use object_store::path::Path;
use object_store::signer::Signer as _;
use object_store::{Attributes, PutMode};
use tokio::runtime::Handle;

use super::config::{BucketConfig, CloudConfig};
use super::key::{Folders, Place, object_of, turn_of};
use super::parked::{Parked, Piece};
use super::pieces::{self, PIECES, read_piece};
use super::presign;
use super::reader::{Back, BucketReader, Extent, FIRST_READ_BYTES};
use super::service::{Denied, Service, SharedService, metadata};
use super::turn::{CLAIM_BYTES_MAX, Turn};
use super::writer::{BACK_BYTES, BACK_BYTES_BESIDE, BucketWriter, FRONT_BYTES};
use crate::{Expected, ObjectStore, ObjectWriter, Reopened, StoreError, StoreReader};

/// How often to try a bucket that refuses a valid request, and the first pause between two tries.
const CHECKS_MAX: u32 = 6;
const CHECK_PAUSE: Duration = Duration::from_millis(20);

const NO_BUCKET: &str = "the bucket does not exist; create it";

/// Objects in a bucket, which any number of processes can share.
#[derive(Debug)]
pub struct BucketStore {
    service: SharedService,
    config: BucketConfig,
    writing: Arc<Writing>,
}

/// How long to wait for a commit that is about to end.
const SALVAGE_PAUSES: [Duration; 3] =
    [Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(400)];

/// The objects that this process is writing.
#[derive(Debug, Default)]
pub(super) struct Writing(Mutex<HashSet<ObjectKey>>);

/// The right to write an object, in this process.
#[derive(Debug)]
pub(super) struct Hold {
    writing: Arc<Writing>,
    object: ObjectKey,
}

impl Writing {
    fn hold(self: &Arc<Self>, object: &ObjectKey) -> Result<Hold, StoreError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.insert(object.clone()) {
            Ok(Hold { writing: Arc::clone(self), object: object.clone() })
        } else {
            Err(StoreError::Busy(object.clone()))
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = self.writing.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.object);
    }
}

impl BucketStore {
    /// Makes a store in a bucket, without calling it; [`BucketStore::check`] does that. Network
    /// calls run on `runtime`, which must have timers and I/O enabled.
    pub fn new(config: &BucketConfig, runtime: Handle) -> Result<Self, StoreError> {
        let service = Arc::new(Service::new(config, runtime)?);
        Ok(Self { service, config: config.clone(), writing: Arc::default() })
    }

    /// Checks that the store can be used: performs each operation of a node once, with an object
    /// that it removes again. A store that accepts one claim twice is refused, because two nodes
    /// could then write one object. It waits for the network: call it once, at start.
    pub fn check(&self) -> Result<(), StoreError> {
        self.service.wait(check(&self.service))
    }

    /// The turns of an uncommitted object, in order.
    async fn turns(&self, object: &ObjectKey) -> Result<Vec<u32>, StoreError> {
        turns(&self.service, Place::Upload(object)).await
    }

    async fn reopen_now(&self, object: &ObjectKey, state: &[u8]) -> Result<Reopened, StoreError> {
        let hold = self.writing.hold(object)?;
        let parked = Parked::parse(state)?;
        if self.is_committed(object).await? {
            return Ok(Reopened::Torn);
        }
        let turns = self.turns(object).await?;
        let last = turns.last().copied();
        if last.is_some_and(|last| last > parked.turn) {
            return Ok(Reopened::Torn);
        }
        if last != Some(parked.turn) {
            // A commit that ended after the first look has removed the claims.
            if self.is_committed(object).await? {
                return Ok(Reopened::Torn);
            }
            let what = "the claim of its turn is gone";
            return Err(match last {
                None => StoreError::NotFound(object.clone()),
                Some(_) => StoreError::Corrupt { object: object.clone(), offset: 0, what },
            });
        }
        let writer = BucketWriter::reopened(&self.service, hold, object, parked, state.to_vec());
        Ok(Reopened::Ready(Box::new(writer)))
    }

    async fn is_committed(&self, object: &ObjectKey) -> Result<bool, StoreError> {
        match self.service.inspect(&self.service.path(Place::Object(object))).await {
            Ok(_) => Ok(true),
            Err(Denied::NotFound) => Ok(false),
            Err(other) => Err(other.about(object)),
        }
    }

    /// The bytes after the parts, from wherever they were parked.
    async fn tail_of(&self, object: &ObjectKey, parked: &Parked) -> Result<Bytes, StoreError> {
        let mut bytes = Vec::new();
        for piece in &parked.pieces {
            bytes.extend_from_slice(&read_piece(&self.service, object, *piece).await?);
        }
        bytes.extend_from_slice(&parked.tail);
        Ok(bytes.into())
    }

    /// Order: if the object exists, it holds all parts, no matter which node completed it.
    /// Otherwise the parts are completed into an object, because they can be read in no other way.
    /// That object has no end, so it is not a committed one. A writer that still has the upload
    /// loses it, and its commit fails. If a commit ends at the same time, the parts and pieces may
    /// be gone; then the object exists, or will in a moment.
    async fn salvage_now(
        &self,
        object: &ObjectKey,
        state: &[u8],
    ) -> Result<BucketReader, StoreError> {
        for pause in SALVAGE_PAUSES {
            match self.salvage_once(object, state).await {
                Err(StoreError::NotFound(_)) => tokio::time::sleep(pause).await,
                ended => return ended,
            }
        }
        self.salvage_once(object, state).await
    }

    async fn salvage_once(
        &self,
        object: &ObjectKey,
        state: &[u8],
    ) -> Result<BucketReader, StoreError> {
        let parked = Parked::parse(state)?;
        let path = self.service.path(Place::Object(object));
        let is_object = match self.service.inspect(&path).await {
            Ok(_) => true,
            Err(Denied::NotFound) => false,
            Err(other) => return Err(other.about(object)),
        };
        if !is_object && self.turns(object).await?.is_empty() {
            return Err(StoreError::NotFound(object.clone()));
        }
        let tail = match self.tail_of(object, &parked).await {
            Ok(tail) => tail,
            // A commit has removed the pieces, and the object has all bytes.
            Err(StoreError::NotFound(_)) if is_object => return self.open_now(object).await,
            Err(other) => return Err(other),
        };
        if let (false, Some(upload)) = (is_object || parked.parts.is_empty(), &parked.upload) {
            let content_id = |part: &super::parked::Part| PartId { content_id: part.tag.clone() };
            let parts = parked.parts.iter().map(content_id).collect();
            let completed = self.service.cloud.parts().complete_multipart(&path, upload, parts);
            let completed = self.service.ask("complete a torn upload", completed).await;
            if let Err(denied) = completed {
                // Its writer may just have completed it: then all bytes are there, and we know
                // where the tail begins.
                let found = self.service.inspect(&path).await;
                found.map(drop).map_err(|_| denied.about(object))?;
            }
        }
        let extents = vec![Extent { path, length: parked.in_parts() }];
        let (front, back) = (Bytes::from(parked.front), Back::Here(tail));
        Ok(BucketReader::new(&self.service, object, front, extents, back, Bytes::new()))
    }

    /// Reads the object's start and its metadata, with one request.
    async fn open_now(&self, object: &ObjectKey) -> Result<BucketReader, StoreError> {
        let path = self.service.path(Place::Object(object));
        let found = match self.service.read(&path, 0..FIRST_READ_BYTES).await {
            // An empty object has no range.
            Err(Denied::Failed(refused)) => match self.service.inspect(&path).await {
                Ok(found) if found.size == 0 => Ok(found),
                _ => Err(Denied::Failed(refused)),
            },
            other => other,
        };
        let found = found.map_err(|denied| denied.about(object))?;
        let corrupt = |what| StoreError::Corrupt { object: object.clone(), offset: 0, what };
        let bytes_of = |name| match metadata(&found.attributes, name) {
            None => Ok(None),
            Some(text) => BASE64_STANDARD.decode(text).map(|bytes| Some(Bytes::from(bytes))),
        };
        let damaged = |_| corrupt("its metadata is damaged");
        let front = bytes_of(FRONT_BYTES).map_err(damaged)?.unwrap_or_default();
        let back = match bytes_of(BACK_BYTES).map_err(damaged)? {
            Some(bytes) => Back::Here(bytes),
            None => match metadata(&found.attributes, BACK_BYTES_BESIDE) {
                None => Back::Here(Bytes::new()),
                Some(length) => Back::Beside {
                    length: length.parse().map_err(|_| corrupt("its metadata is damaged"))?,
                },
            },
        };
        let whole = Extent { path, length: found.size };
        let Some(names) = metadata(&found.attributes, PIECES) else {
            let extents = vec![whole];
            return Ok(BucketReader::new(&self.service, object, front, extents, back, found.bytes));
        };
        let pieces = pieces::parse(names).ok_or_else(|| corrupt("its metadata is damaged"))?;
        let mut extents: Vec<Extent> = pieces.into_iter().map(|p| self.extent(object, p)).collect();
        let back = if found.bytes.len() as u64 == found.size {
            Back::Here(found.bytes)
        } else {
            extents.push(whole);
            back
        };
        Ok(BucketReader::new(&self.service, object, front, extents, back, Bytes::new()))
    }

    fn extent(&self, object: &ObjectKey, Piece { turn, length }: Piece) -> Extent {
        Extent { path: self.service.path(Place::Piece(object, turn)), length: u64::from(length) }
    }

    async fn list_now(
        &self,
        after: Option<&ObjectKey>,
        limit: usize,
    ) -> Result<Vec<ObjectKey>, StoreError> {
        let homes = [
            (Place::Objects, after.map(Place::Object)),
            (Place::Uploads, after.map(|after| Place::Behind(after, Folders::Uploads))),
            (Place::Pieces, after.map(|after| Place::Behind(after, Folders::Pieces))),
        ];
        let mut keys = Vec::new();
        for (home, behind) in homes {
            let behind = behind.map(|behind| self.service.path(behind));
            keys.extend(self.list_keys(&self.service.path(home), behind, limit).await?);
        }
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(limit);
        Ok(keys)
    }

    /// Up to `limit` keys under one path, in order.
    async fn list_keys(
        &self,
        home: &Path,
        after: Option<Path>,
        limit: usize,
    ) -> Result<Vec<ObjectKey>, StoreError> {
        let work = async {
            let mut listed = match &after {
                Some(after) => self.service.cloud.objects().list_with_offset(Some(home), after),
                None => self.service.cloud.objects().list(Some(home)),
            };
            let mut keys: Vec<ObjectKey> = Vec::new();
            while keys.len() < limit {
                let Some(meta) = listed.try_next().await? else { break };
                // An emulator of Azure always lists from the start.
                if after.as_ref().is_some_and(|after| meta.location <= *after) {
                    continue;
                }
                // A name that is not an object key is not ours.
                let key = object_of(&meta.location, home);
                keys.extend(key.filter(|key| keys.last() != Some(key)));
            }
            Ok(keys)
        };
        self.service.ask("list objects", work).await.map_err(not_about_one)
    }
}

impl ObjectStore for BucketStore {
    fn create(
        &self,
        object: &ObjectKey,
        expected: Expected,
    ) -> Result<Box<dyn ObjectWriter>, StoreError> {
        let hold = self.writing.hold(object)?;
        let apart = expected.apart.filter(|_| self.has_addresses());
        let mut writer = BucketWriter::new(&self.service, hold, object, apart);
        self.service.wait(writer.begin_turn())?;
        Ok(Box::new(writer))
    }

    fn reopen(&self, object: &ObjectKey, state: &[u8]) -> Result<Reopened, StoreError> {
        self.service.wait(self.reopen_now(object, state))
    }

    fn salvage(
        &self,
        object: &ObjectKey,
        state: &[u8],
    ) -> Result<Box<dyn StoreReader>, StoreError> {
        Ok(Box::new(self.service.wait(self.salvage_now(object, state))?))
    }

    fn open(&self, object: &ObjectKey) -> Result<Box<dyn StoreReader>, StoreError> {
        Ok(Box::new(self.service.wait(self.open_now(object))?))
    }

    fn is_used(&self, object: &ObjectKey) -> Result<bool, StoreError> {
        self.service.wait(async {
            match self.service.inspect(&self.service.path(Place::Object(object))).await {
                Ok(_) => Ok(true),
                Err(Denied::NotFound) => Ok(!self.turns(object).await?.is_empty()),
                Err(other) => Err(other.about(object)),
            }
        })
    }

    fn delete(&self, object: &ObjectKey) -> Result<(), StoreError> {
        self.service.wait(remove_all(&self.service, object))
    }

    fn list(&self, after: Option<&ObjectKey>, limit: usize) -> Result<Vec<ObjectKey>, StoreError> {
        self.service.wait(self.list_now(after, limit))
    }

    fn has_addresses(&self) -> bool {
        self.service.cloud.addresses().is_some()
    }

    fn presigned(
        &self,
        object: &ObjectKey,
        now: Timestamp,
        life: Duration,
    ) -> Result<Option<String>, StoreError> {
        let (Some(s3), CloudConfig::S3(config)) =
            (self.service.cloud.addresses(), &self.config.cloud)
        else {
            return Ok(None);
        };
        self.service.wait(async {
            let path = self.service.path(Place::Object(object));
            let found = self.service.inspect(&path).await.map_err(|error| error.about(object))?;
            // Clients cannot use an object that contains its header and footer.
            if metadata(&found.attributes, FRONT_BYTES).is_none() {
                return Ok(None);
            }
            let path = match metadata(&found.attributes, PIECES).map(pieces::parse) {
                None => path,
                // The whole content is in one piece.
                Some(Some(pieces)) if pieces.len() == 1 => {
                    self.service.path(Place::Piece(object, pieces[0].turn))
                }
                Some(_) => {
                    let what = "its metadata is damaged";
                    return Err(StoreError::Corrupt { object: object.clone(), offset: 0, what });
                }
            };
            let signed = s3.signed_url(http::Method::GET, &path, life);
            let signed: String = match self.service.ask("make an address", signed).await {
                Ok(url) => url.into(),
                Err(denied) => return Err(not_about_one(denied)),
            };
            let address = signed.split_once('?').map_or(&*signed, |(address, _)| address);
            Ok(Some(presign::sign(config, address, now, life)))
        })
    }
}

/// Checks that the bucket exists and does what we need.
///
/// A refusal that looks like a missing bucket is tried again. There are two harmless causes: a
/// conditional PUT whose answer was lost is refused when it is sent again; and versitygw refuses a
/// PUT if another starting node has just removed the last object in the same folder.
async fn check(service: &Service) -> Result<(), StoreError> {
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

const OTHER_BYTES: StoreError =
    StoreError::Misused("the object store returns other bytes than were written to it");

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

/// The error of a call that concerns no single object: if something is missing, it is the bucket.
pub(super) fn not_about_one(denied: Denied) -> StoreError {
    match denied {
        Denied::Failed(error) => error,
        Denied::NotFound | Denied::Exists => StoreError::Misused(NO_BUCKET),
    }
}
