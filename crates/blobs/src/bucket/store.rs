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

mod address;
mod list;
mod open;
mod salvage;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;
use names::{ObjectKey, Timestamp};
use tokio::runtime::Handle;

use super::check::check;
use super::config::BucketConfig;
use super::hold::Writing;
use super::key::Place;
use super::parked::{Parked, ROW_TAIL_BYTES_MAX};
use super::remove::{remove_all, remove_all_of_each, turns};
use super::service::{Denied, Service, SharedService};
use super::writer::BucketWriter;
use crate::{Apart, Expected, ObjectStore, ObjectWriter, Reopened, StoreError, StoreReader};

/// Objects in a bucket, which any number of processes can share.
#[derive(Debug)]
pub struct BucketStore {
    service: SharedService,
    config: BucketConfig,
    writing: Arc<Writing>,
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
}

impl ObjectStore for BucketStore {
    fn short_bytes_max(&self) -> usize {
        ROW_TAIL_BYTES_MAX
    }

    fn put(
        &self,
        object: &ObjectKey,
        file: Vec<u8>,
        apart: Option<Apart>,
    ) -> Result<(), StoreError> {
        let hold = self.writing.hold(object)?;
        let apart = apart.filter(|_| self.has_addresses());
        let writer = BucketWriter::new(&self.service, hold, object, apart);
        self.service.wait(writer.put_short(&file))
    }

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
            let (committed, turns) = join(self.is_committed(object), self.turns(object)).await;
            Ok(committed? || !turns?.is_empty())
        })
    }

    fn delete(&self, object: &ObjectKey) -> Result<(), StoreError> {
        self.service.wait(remove_all(&self.service, object))
    }

    fn delete_each(&self, objects: &[ObjectKey]) -> Result<(), StoreError> {
        self.service.wait(remove_all_of_each(&self.service, objects))
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
        self.service.wait(self.address_of(object, now, life))
    }
}
