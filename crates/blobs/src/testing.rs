//! A store that fails on request, for tests here and in the crates that use this one.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use names::{ObjectKey, Timestamp};

use crate::{
    Apart, Expected, ObjectStore, ObjectWriter, Reopened, StoreError, StoreReader, StoreState,
};

/// Kinds of calls that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// [`ObjectStore::create`].
    Create,
    /// [`ObjectStore::reopen`] and [`ObjectStore::salvage`].
    Reopen,
    /// [`ObjectWriter::append`].
    Write,
    /// [`ObjectWriter::park`].
    Park,
    /// [`ObjectWriter::commit`] and [`ObjectStore::put`].
    Commit,
    /// [`ObjectStore::open`], [`ObjectStore::is_used`] and [`ObjectStore::presigned`].
    Open,
    /// [`StoreReader::read_at`].
    Read,
    /// [`ObjectStore::delete`] and [`ObjectWriter::discard`].
    Delete,
    /// [`ObjectStore::list`].
    List,
}

/// Ways to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No room is left. A write leaves half of its bytes.
    Full,
    /// The disk fails. A write leaves half of its bytes.
    Broken,
    /// The call does its work, and then reports a failed disk.
    AnswerLost,
}

/// Arms a [`FaultyStore`].
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Armed>>>);

#[derive(Debug)]
struct Armed {
    call: Call,
    calls_left: usize,
    fault: Fault,
}

impl Faults {
    /// Has the `nth` call of a kind from now on fail: 1 is the next one. Each arming fails one
    /// call.
    pub fn arm(&self, call: Call, nth: usize, fault: Fault) {
        self.armed().push(Armed { call, calls_left: nth.max(1), fault });
    }

    /// Lets everything succeed again.
    pub fn disarm(&self) {
        self.armed().clear();
    }

    /// How many armed faults have not fired.
    pub fn pending(&self) -> usize {
        self.armed().len()
    }

    fn armed(&self) -> std::sync::MutexGuard<'_, Vec<Armed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call. Returns how it fails, if it does.
    fn count(&self, call: Call) -> Option<Fault> {
        let mut armed = self.armed();
        for one in armed.iter_mut().filter(|one| one.call == call) {
            one.calls_left = one.calls_left.saturating_sub(1);
        }
        let fired = armed.iter().position(|one| one.call == call && one.calls_left == 0)?;
        Some(armed.swap_remove(fired).fault)
    }

    /// Runs `work`, or fails.
    fn around<T>(
        &self,
        call: Call,
        work: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self.count(call) {
            None => work(),
            Some(Fault::AnswerLost) => {
                work()?;
                Err(Fault::AnswerLost.error())
            }
            Some(fault) => Err(fault.error()),
        }
    }
}

impl Fault {
    fn error(self) -> StoreError {
        let errno = match self {
            Self::Full => rustix::io::Errno::NOSPC,
            Self::Broken | Self::AnswerLost => rustix::io::Errno::IO,
        };
        StoreError::from_io("do what a test has made fail", errno)
    }
}

/// A wrapper of a store that fails on request.
#[derive(Debug)]
pub struct FaultyStore {
    inner: Arc<dyn ObjectStore>,
    faults: Faults,
}

impl FaultyStore {
    /// A store around `inner`, and the control of its faults.
    pub fn new(inner: Arc<dyn ObjectStore>) -> (Self, Faults) {
        let faults = Faults::default();
        (Self { inner, faults: faults.clone() }, faults)
    }

    fn writer(&self, inner: Box<dyn ObjectWriter>) -> Box<dyn ObjectWriter> {
        Box::new(FaultyWriter { inner, faults: self.faults.clone(), failed: false })
    }

    fn reader(&self, inner: Box<dyn StoreReader>) -> Box<dyn StoreReader> {
        Box::new(FaultyReader { inner, faults: self.faults.clone() })
    }
}

impl ObjectStore for FaultyStore {
    fn short_bytes_max(&self) -> usize {
        self.inner.short_bytes_max()
    }

    fn put(
        &self,
        object: &ObjectKey,
        file: Vec<u8>,
        apart: Option<Apart>,
    ) -> Result<(), StoreError> {
        self.faults.around(Call::Commit, || self.inner.put(object, file, apart))
    }

    fn create(
        &self,
        object: &ObjectKey,
        expected: Expected,
    ) -> Result<Box<dyn ObjectWriter>, StoreError> {
        let create = || self.inner.create(object, expected);
        self.faults.around(Call::Create, create).map(|inner| self.writer(inner))
    }

    fn reopen(&self, object: &ObjectKey, state: &[u8]) -> Result<Reopened, StoreError> {
        let reopened = self.faults.around(Call::Reopen, || self.inner.reopen(object, state))?;
        Ok(match reopened {
            Reopened::Ready(inner) => Reopened::Ready(self.writer(inner)),
            Reopened::Torn => Reopened::Torn,
        })
    }

    fn salvage(
        &self,
        object: &ObjectKey,
        state: &[u8],
    ) -> Result<Box<dyn StoreReader>, StoreError> {
        let salvage = || self.inner.salvage(object, state);
        self.faults.around(Call::Reopen, salvage).map(|inner| self.reader(inner))
    }

    fn open(&self, object: &ObjectKey) -> Result<Box<dyn StoreReader>, StoreError> {
        self.faults.around(Call::Open, || self.inner.open(object)).map(|inner| self.reader(inner))
    }

    fn is_used(&self, object: &ObjectKey) -> Result<bool, StoreError> {
        self.faults.around(Call::Open, || self.inner.is_used(object))
    }

    fn delete(&self, object: &ObjectKey) -> Result<(), StoreError> {
        self.faults.around(Call::Delete, || self.inner.delete(object))
    }

    fn list(&self, after: Option<&ObjectKey>, limit: usize) -> Result<Vec<ObjectKey>, StoreError> {
        self.faults.around(Call::List, || self.inner.list(after, limit))
    }

    fn has_addresses(&self) -> bool {
        self.inner.has_addresses()
    }

    fn presigned(
        &self,
        object: &ObjectKey,
        now: Timestamp,
        life: Duration,
    ) -> Result<Option<String>, StoreError> {
        self.faults.around(Call::Open, || self.inner.presigned(object, now, life))
    }
}

#[derive(Debug)]
struct FaultyWriter {
    inner: Box<dyn ObjectWriter>,
    faults: Faults,
    failed: bool,
}

impl ObjectWriter for FaultyWriter {
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Failed);
        }
        let Some(fault) = self.faults.count(Call::Write) else { return self.inner.append(bytes) };
        self.failed = true;
        let kept = if fault == Fault::AnswerLost { bytes.len() } else { bytes.len() / 2 };
        self.inner.append(&bytes[..kept])?;
        Err(fault.error())
    }

    fn park(self: Box<Self>) -> Result<StoreState, StoreError> {
        let Self { inner, faults, failed } = *self;
        if failed { Err(StoreError::Failed) } else { faults.around(Call::Park, || inner.park()) }
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, faults, failed } = *self;
        if failed {
            Err(StoreError::Failed)
        } else {
            faults.around(Call::Commit, || inner.commit())
        }
    }

    fn discard(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, faults, failed: _ } = *self;
        faults.around(Call::Delete, || inner.discard())
    }
}

#[derive(Debug)]
struct FaultyReader {
    inner: Box<dyn StoreReader>,
    faults: Faults,
}

impl StoreReader for FaultyReader {
    fn length(&self) -> u64 {
        self.inner.length()
    }

    /// Nothing is ever in memory, so that every read counts once.
    fn read_ready(&mut self, _offset: u64, _into: &mut [u8]) -> Result<usize, StoreError> {
        Ok(0)
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> Result<(), StoreError> {
        let Self { inner, faults } = self;
        faults.around(Call::Read, || inner.read_at(offset, into))
    }
}
