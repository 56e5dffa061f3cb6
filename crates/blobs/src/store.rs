use std::fmt;
use std::time::Duration;

use names::{ObjectKey, Timestamp};

use crate::StoreError;

/// The state with which a store continues a parked object in another process. Only the store
/// understands it.
pub type StoreState = Vec<u8>;

/// What is known about a file before its first byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Expected {
    /// About how long it will be.
    pub length: Option<u64>,
    /// The ends that a store may keep beside the content, so that the content can be read
    /// separately.
    pub apart: Option<Apart>,
}

/// How much of a file's start and end is not content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apart {
    /// Bytes before the content; 256 at most.
    pub front: usize,
    /// Bytes after the content; 1,024 at most.
    pub back: usize,
}

/// Immutable files, each named by a key that is never used again.
///
/// Every method may wait for a disk or a network: they are called on threads that may wait (a store
/// that speaks async blocks on its runtime's handle). What makes a file an object with meaning is
/// none of the store's business.
///
/// # Contract
/// * What was committed reads back the same for ever, and a commit is durable when it returns.
/// * What was parked can be reopened by another process, and is durable when `park` returns.
/// * A key has one writer at a time and is created once.
/// * After an error a writer refuses everything; what it wrote since the last park is lost or
///   makes the object torn, never silently shorter.
///
/// Every implementation passes [`crate::conformance::all`].
pub trait ObjectStore: fmt::Debug + Send + Sync + 'static {
    /// Content of fewer bytes is short: while its upload is parked it stays in the row, and then it
    /// is put in one step. 0 if this store takes a few bytes as readily as a row does.
    fn short_bytes_max(&self) -> usize;

    /// Makes a whole object, durable and final, or fails if the key is in use.
    fn put(
        &self,
        object: &ObjectKey,
        file: Vec<u8>,
        apart: Option<Apart>,
    ) -> Result<(), StoreError>;

    /// Starts an object. `expected` is a hint; the file reads back whole, wherever its ends are
    /// kept.
    fn create(
        &self,
        object: &ObjectKey,
        expected: Expected,
    ) -> Result<Box<dyn ObjectWriter>, StoreError>;

    /// Continues a parked object.
    fn reopen(&self, object: &ObjectKey, state: &[u8]) -> Result<Reopened, StoreError>;

    /// Reads the rest of a torn object: at least everything that `state` records.
    fn salvage(&self, object: &ObjectKey, state: &[u8])
    -> Result<Box<dyn StoreReader>, StoreError>;

    /// Opens a committed object.
    fn open(&self, object: &ObjectKey) -> Result<Box<dyn StoreReader>, StoreError>;

    /// Whether the key names anything: a committed object, or one that was begun.
    fn is_used(&self, object: &ObjectKey) -> Result<bool, StoreError>;

    /// Removes an object, durably. Removing one that does not exist succeeds.
    fn delete(&self, object: &ObjectKey) -> Result<(), StoreError>;

    /// Removes each of some objects, as [`Self::delete`] does. After an error, some may be left.
    fn delete_each(&self, objects: &[ObjectKey]) -> Result<(), StoreError> {
        objects.iter().try_for_each(|object| self.delete(object))
    }

    /// Up to `limit` keys after `after`, in order, among them those of unfinished objects.
    fn list(&self, after: Option<&ObjectKey>, limit: usize) -> Result<Vec<ObjectKey>, StoreError>;

    /// Whether this store has URLs at all. If not, callers need not ask for one.
    fn has_addresses(&self) -> bool;

    /// A URL from which anyone can read only the content, from `now` on, for `life`; `None` if this
    /// store has none for this object.
    fn presigned(
        &self,
        object: &ObjectKey,
        now: Timestamp,
        life: Duration,
    ) -> Result<Option<String>, StoreError>;
}

/// The result of reopening a parked object.
#[derive(Debug)]
pub enum Reopened {
    /// It is exactly as parked.
    Ready(Box<dyn ObjectWriter>),
    /// It holds more than the parked state records. It must never be written to again.
    Torn,
}

/// One object being written, from start to end. Dropping it leaves the written bytes.
pub trait ObjectWriter: fmt::Debug + Send {
    /// Writes `bytes` after all that was written before.
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError>;

    /// Makes all bytes durable, and returns the state for continuing.
    fn park(self: Box<Self>) -> Result<StoreState, StoreError>;

    /// Makes all of it durable and final.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Removes it.
    fn discard(self: Box<Self>) -> Result<(), StoreError>;
}

/// An object's file, for reading at any place.
pub trait StoreReader: fmt::Debug + Send {
    /// How many bytes the file has.
    fn length(&self) -> u64;

    /// Reads bytes at `offset` that are available without waiting; perhaps none. The only method
    /// that is called on threads that must not block.
    fn read_ready(&mut self, offset: u64, into: &mut [u8]) -> Result<usize, StoreError>;

    /// Fills `into` from `offset`. An end of the file before that is an error.
    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> Result<(), StoreError>;
}
