//! A store that stops at the n-th point of its calls, for as long as a test wants.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use blobs::{
    Apart, Expected, ObjectStore, ObjectWriter, Reopened, StoreError, StoreReader, StoreState,
};
use names::{ObjectKey, Timestamp};

/// Before and after each call there is a point at which the node can be stopped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    passed: usize,
    stop_at: Option<usize>,
    stopped: bool,
}

impl Gate {
    /// Stops the task that passes the `nth` point from now on: 1 is the next one.
    pub(crate) fn stop_at(&self, nth: usize) {
        let mut state = self.state();
        *state = State { passed: 0, stop_at: Some(nth), stopped: false };
    }

    /// Lets all go on.
    pub(crate) fn open(&self) {
        let mut state = self.state();
        (state.stop_at, state.stopped) = (None, false);
        self.0.1.notify_all();
    }

    /// Begins to count the points that are passed, and stops no task.
    pub(crate) fn count(&self) {
        *self.state() = State::default();
    }

    /// How many points were passed since.
    pub(crate) fn counted(&self) -> usize {
        self.state().passed
    }

    /// Waits until a task is stopped; `false` if `is_over` says first that none will be.
    pub(crate) async fn is_reached(&self, is_over: impl Fn() -> bool) -> bool {
        loop {
            let over = is_over();
            if self.state().stopped {
                return true;
            }
            if over {
                return false;
            }
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
    }

    fn pass(&self) {
        let mut state = self.state();
        state.passed += 1;
        if state.stop_at != Some(state.passed) {
            return;
        }
        state.stopped = true;
        while state.stopped {
            state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn around<T>(&self, work: impl FnOnce() -> T) -> T {
        self.pass();
        let done = work();
        self.pass();
        done
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
pub(crate) struct GatedStore {
    inner: Arc<dyn ObjectStore>,
    gate: Gate,
}

impl GatedStore {
    pub(crate) fn new(inner: Arc<dyn ObjectStore>, gate: &Gate) -> Self {
        Self { inner, gate: gate.clone() }
    }

    fn writer(&self, inner: Box<dyn ObjectWriter>) -> Box<dyn ObjectWriter> {
        Box::new(GatedWriter { inner, gate: self.gate.clone(), appended: 0 })
    }
}

impl ObjectStore for GatedStore {
    fn short_bytes_max(&self) -> usize {
        self.inner.short_bytes_max()
    }

    fn put(
        &self,
        object: &ObjectKey,
        file: Vec<u8>,
        apart: Option<Apart>,
    ) -> Result<(), StoreError> {
        self.gate.around(|| self.inner.put(object, file, apart))
    }

    fn create(
        &self,
        object: &ObjectKey,
        expected: Expected,
    ) -> Result<Box<dyn ObjectWriter>, StoreError> {
        let created = self.gate.around(|| self.inner.create(object, expected));
        created.map(|inner| self.writer(inner))
    }

    fn reopen(&self, object: &ObjectKey, state: &[u8]) -> Result<Reopened, StoreError> {
        Ok(match self.gate.around(|| self.inner.reopen(object, state))? {
            Reopened::Ready(inner) => Reopened::Ready(self.writer(inner)),
            Reopened::Torn => Reopened::Torn,
        })
    }

    fn salvage(
        &self,
        object: &ObjectKey,
        state: &[u8],
    ) -> Result<Box<dyn StoreReader>, StoreError> {
        self.gate.around(|| self.inner.salvage(object, state))
    }

    fn open(&self, object: &ObjectKey) -> Result<Box<dyn StoreReader>, StoreError> {
        self.gate.around(|| self.inner.open(object))
    }

    fn is_used(&self, object: &ObjectKey) -> Result<bool, StoreError> {
        self.gate.around(|| self.inner.is_used(object))
    }

    fn delete(&self, object: &ObjectKey) -> Result<(), StoreError> {
        self.gate.around(|| self.inner.delete(object))
    }

    fn list(&self, after: Option<&ObjectKey>, limit: usize) -> Result<Vec<ObjectKey>, StoreError> {
        self.inner.list(after, limit)
    }

    fn has_addresses(&self) -> bool {
        self.inner.has_addresses()
    }

    fn presigned(
        &self,
        object: &ObjectKey,
        now: Timestamp,
        expires: Duration,
    ) -> Result<Option<String>, StoreError> {
        self.inner.presigned(object, now, expires)
    }
}

#[derive(Debug)]
struct GatedWriter {
    inner: Box<dyn ObjectWriter>,
    gate: Gate,
    appended: usize,
}

/// Of the batches of 256 KiB that are appended, the first begins a turn, and then each sixteenth
/// may have sent a part; the others are all alike.
const BATCHES: usize = 16;

impl ObjectWriter for GatedWriter {
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        let Self { inner, gate, appended } = self;
        *appended += 1;
        if *appended % BATCHES == 1 {
            gate.around(|| inner.append(bytes))
        } else {
            inner.append(bytes)
        }
    }

    fn park(self: Box<Self>) -> Result<StoreState, StoreError> {
        let Self { inner, gate, .. } = *self;
        gate.around(|| inner.park())
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, gate, .. } = *self;
        gate.around(|| inner.commit())
    }

    fn discard(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, gate, .. } = *self;
        gate.around(|| inner.discard())
    }
}
