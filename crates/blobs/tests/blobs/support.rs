//! A store in its own folder, and shorthand for tests with it.

use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use blobs::testing::{Faults, FaultyStore};
use blobs::{
    Blobs, LocalStore, NewObject, ObjectReader, ParkedUpload, Protection, Receipt, Resumed,
    StoreError, Upload,
};
use bytes::Bytes;
use names::{Algorithm, ByteRange, DataKey, Digest, ObjectKey, RangeRequest, WrappedKey};

pub(crate) struct Fixture {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) blobs: Blobs,
    pub(crate) faults: Faults,
    made: AtomicU8,
}

/// Both kinds of protection, for tests that run on each.
pub(crate) const BOTH: [Suite; 2] = [Suite::Sealed, Suite::Storage];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    Sealed,
    Storage,
}

pub(crate) fn protection(suite: Suite, key: u8) -> Protection {
    match suite {
        Suite::Sealed => Protection::Sealed(DataKey::from_bytes([key; 32])),
        Suite::Storage => Protection::Storage,
    }
}

/// Content in which no two places look alike.
pub(crate) fn content(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

pub(crate) fn range(start: u64, end: u64, total: u64) -> ByteRange {
    if start == end {
        return ByteRange::whole(total);
    }
    RangeRequest::From { first: start, last: Some(end - 1) }.within(total).unwrap()
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let local = LocalStore::open(folder.path()).unwrap();
        let (store, faults) = FaultyStore::new(Arc::new(local));
        let blobs = Blobs::new(Arc::new(store));
        Self { folder, blobs, faults, made: AtomicU8::new(0) }
    }

    /// An object that was not there before, under key `key`.
    pub(crate) fn new_object(&self, suite: Suite, key: u8) -> NewObject {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let wrapped = match suite {
            Suite::Sealed => WrappedKey::from_bytes(&[key; 81]),
            Suite::Storage => WrappedKey::from_bytes(&[]),
        };
        let object = ObjectKey::from_random([number; 16]);
        NewObject { object, protection: protection(suite, key), wrapped }
    }

    pub(crate) fn begin(&self, suite: Suite) -> Upload {
        self.blobs.begin(self.new_object(suite, 7), Algorithm::Sha256).unwrap()
    }

    pub(crate) async fn store(&self, suite: Suite, bytes: &[u8]) -> Receipt {
        let mut upload = self.begin(suite);
        upload.append(Bytes::copy_from_slice(bytes)).await.unwrap();
        upload.commit(&Digest::sha256(bytes), b"described").await.unwrap()
    }

    /// Resumes by way of a row, as another process would.
    pub(crate) async fn resume(&self, suite: Suite, parked: &ParkedUpload) -> Resumed {
        let parked = ParkedUpload::from_bytes(&parked.to_bytes()).unwrap();
        self.blobs.resume(parked, &protection(suite, 7)).await.unwrap()
    }

    pub(crate) async fn resume_ready(&self, suite: Suite, parked: &ParkedUpload) -> Upload {
        match self.resume(suite, parked).await {
            Resumed::Ready(upload) => upload,
            Resumed::Torn(_) => panic!("an upload that was left alone is not torn"),
        }
    }

    pub(crate) async fn read(
        &self,
        object: &ObjectKey,
        suite: Suite,
        range: ByteRange,
    ) -> Result<Vec<u8>, StoreError> {
        drain(self.blobs.open(object, &protection(suite, 7), range).await?).await
    }

    pub(crate) async fn read_whole(
        &self,
        object: &ObjectKey,
        suite: Suite,
        size: usize,
    ) -> Result<Vec<u8>, StoreError> {
        self.read(object, suite, ByteRange::whole(size as u64)).await
    }

    /// All bytes of an object's file.
    #[expect(clippy::disallowed_methods, reason = "a test looks behind the store's back")]
    pub(crate) fn file(&self, object: &ObjectKey) -> Vec<u8> {
        std::fs::read(self.path(object)).unwrap()
    }

    /// Replaces the bytes of an object's file.
    #[expect(clippy::disallowed_methods, reason = "a test damages behind the store's back")]
    pub(crate) fn edit(&self, object: &ObjectKey, change: impl FnOnce(&mut Vec<u8>)) {
        let mut file = self.file(object);
        change(&mut file);
        std::fs::write(self.path(object), file).unwrap();
    }

    /// Changes these bits of one byte of an object's file, in place: much faster than `edit`, which
    /// the filesystem flushes.
    pub(crate) fn flip(&self, object: &ObjectKey, at: usize, mask: u8) {
        let file = std::fs::File::options().read(true).write(true).open(self.path(object)).unwrap();
        let mut byte = [0];
        file.read_exact_at(&mut byte, at as u64).unwrap();
        file.write_all_at(&[byte[0] ^ mask], at as u64).unwrap();
    }

    pub(crate) fn path(&self, object: &ObjectKey) -> PathBuf {
        self.folder.path().join("objects").join(&object.as_str()[..2]).join(object.as_str())
    }
}

pub(crate) async fn drain(mut reader: ObjectReader) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    let announced = reader.remaining();
    while let Some(chunk) = reader.next().await {
        bytes.extend_from_slice(&chunk?);
        assert_eq!(reader.remaining(), announced - bytes.len() as u64);
    }
    assert_eq!(reader.remaining(), 0);
    Ok(bytes)
}
