use std::sync::Arc;
use std::time::Duration;

use names::{Algorithm, ByteRange, DataKey, ObjectKey, Timestamp, WrappedKey};
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use crate::buffer::{BATCH_BYTES, BufferPool};
use crate::corrupt_reads::CorruptReads;
use crate::format::{Codec, SIZE_BYTES_MAX, Suite};
use crate::segments::Segments;
use crate::{Footer, ObjectReader, ObjectStore, StoreError, StoredObject, Upload};

/// How an object's bytes are protected at rest.
#[derive(Debug, Clone)]
pub enum Protection {
    /// Sealed here, under this data key.
    Sealed(DataKey),
    /// Left to the store (`encryption = "storage"`).
    Storage,
}

impl Protection {
    pub(crate) fn suite(&self) -> Suite {
        match self {
            Self::Sealed(_) => Suite::Aes256Gcm,
            Self::Storage => Suite::Plain,
        }
    }

    pub(crate) fn key(&self) -> Option<&DataKey> {
        match self {
            Self::Sealed(key) => Some(key),
            Self::Storage => None,
        }
    }
}

/// A new object.
#[derive(Debug, Clone)]
pub struct NewObject {
    /// Its key, never used before.
    pub object: ObjectKey,
    /// How its bytes are protected.
    pub protection: Protection,
    /// The data key under its keyring's seal, kept in the header so that a database can be
    /// rebuilt; empty if the store protects.
    pub wrapped: WrappedKey,
}

/// A store and the sealed object format on it. Cheap to clone.
///
/// It needs a tokio runtime: calls that may wait for the store run on its blocking threads.
#[derive(Debug, Clone)]
pub struct Blobs {
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) pool: Arc<BufferPool>,
    corrupt_reads: CorruptReads,
}

impl Blobs {
    /// Blobs in `store`.
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, pool: Arc::default(), corrupt_reads: CorruptReads::default() }
    }

    /// How many reads of content ended because the object is corrupt or missing, since this was
    /// made.
    pub fn corrupt_reads(&self) -> u64 {
        self.corrupt_reads.count()
    }

    /// The objects of such reads since the last call, each once.
    pub fn take_corrupt_objects(&self) -> Vec<ObjectKey> {
        self.corrupt_reads.take()
    }

    /// Starts an empty upload. It does not touch the store until a batch of bytes has arrived.
    pub fn begin(&self, new: NewObject, algorithm: Algorithm) -> Result<Upload, StoreError> {
        Ok(Upload::begin(self, Codec::generate(new)?, algorithm))
    }

    /// Whether an upload of so many bytes is kept in its row until it is committed, so that parking
    /// it does not touch the store.
    pub fn is_short(&self, size_bytes: u64) -> bool {
        size_bytes < self.store.short_bytes_max().min(BATCH_BYTES) as u64
    }

    /// Reads a part of an object; `range.total()` is the size that the object must have.
    pub async fn open(
        &self,
        object: &ObjectKey,
        protection: &Protection,
        range: ByteRange,
    ) -> Result<ObjectReader, StoreError> {
        if range.total() > SIZE_BYTES_MAX {
            return Err(StoreError::Misused("no object is that large"));
        }
        let (store, pool) = (Arc::clone(&self.store), Arc::clone(&self.pool));
        let (object, protection) = (object.clone(), protection.clone());
        let corrupt_reads = self.corrupt_reads.clone();
        let opened = blocking(move || {
            let segments = Segments::open(store.open(&object)?, &object, &protection, range)?;
            Ok(ObjectReader::new(segments, pool, corrupt_reads))
        });
        opened.await.inspect_err(|error| self.corrupt_reads.note(error))
    }

    /// Whether the key names anything: an object, or an upload that was begun.
    pub async fn is_used(&self, object: &ObjectKey) -> Result<bool, StoreError> {
        let (store, object) = (Arc::clone(&self.store), object.clone());
        blocking(move || store.is_used(&object)).await
    }

    /// Removes an object, durably. Removing one that does not exist succeeds.
    pub async fn delete(&self, object: &ObjectKey) -> Result<(), StoreError> {
        let (store, object) = (Arc::clone(&self.store), object.clone());
        blocking(move || store.delete(&object)).await
    }

    /// Deletes each of some objects, as [`Self::delete`] does. After an error, some may be left.
    pub async fn delete_each(&self, objects: Vec<ObjectKey>) -> Result<(), StoreError> {
        let store = Arc::clone(&self.store);
        blocking(move || store.delete_each(&objects)).await
    }

    /// Up to `limit` keys after `after`, in order, among them those of unfinished uploads.
    pub async fn list(
        &self,
        after: Option<ObjectKey>,
        limit: usize,
    ) -> Result<Vec<ObjectKey>, StoreError> {
        let store = Arc::clone(&self.store);
        blocking(move || store.list(after.as_ref(), limit)).await
    }

    /// A URL from which anyone can read an object's content from `now` on, for `life`, if the store
    /// has one. The content must be protected by the store, and complete. It costs one small
    /// request to the store.
    pub async fn presigned(
        &self,
        object: &ObjectKey,
        now: Timestamp,
        life: Duration,
    ) -> Result<Option<String>, StoreError> {
        if !self.store.has_addresses() {
            return Ok(None);
        }
        let (store, object) = (Arc::clone(&self.store), object.clone());
        blocking(move || store.presigned(&object, now, life)).await
    }

    /// What an object says about itself, as far as that can be read without its key.
    pub async fn inspect(&self, object: &ObjectKey) -> Result<StoredObject, StoreError> {
        let (store, object) = (Arc::clone(&self.store), object.clone());
        blocking(move || StoredObject::read(store.open(&object)?.as_mut(), &object)).await
    }

    /// Reads a whole object and checks its content against its footer.
    pub async fn verify(
        &self,
        object: &ObjectKey,
        protection: &Protection,
    ) -> Result<Footer, StoreError> {
        let (store, pool) = (Arc::clone(&self.store), Arc::clone(&self.pool));
        let (object, protection) = (object.clone(), protection.clone());
        let verified =
            blocking(move || crate::stored::verify(&*store, &pool, &object, &protection));
        verified.await.inspect_err(|error| self.corrupt_reads.note(error))
    }
}

/// Runs work that may block on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    finished(&mut spawn_blocking(work)).await
}

/// The result of work on another thread. A panic there is a bug, and is resumed here.
pub(crate) async fn finished<T>(
    work: &mut JoinHandle<Result<T, StoreError>>,
) -> Result<T, StoreError> {
    settle(work.await)
}

/// The same, for pollers.
pub(crate) fn settle<T, E: From<StoreError>>(
    joined: Result<Result<T, E>, JoinError>,
) -> Result<T, E> {
    match joined {
        Ok(result) => result,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        // The runtime is shutting down.
        Err(_) => Err(StoreError::Failed.into()),
    }
}
