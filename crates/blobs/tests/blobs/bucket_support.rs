//! Shorthand for tests with a bucket.

use std::sync::Arc;

use blobs::{
    Blobs, BucketStore, NewObject, ObjectWriter, ParkedUpload, Receipt, Reopened, Resumed,
    StoreError, Upload,
};
use bytes::Bytes;
use names::{Algorithm, ByteRange, Digest, ObjectKey, Timestamp, WrappedKey};

use crate::support::{Suite, drain, protection, range};

pub(crate) const MIB: usize = 1 << 20;

pub(crate) fn key(number: u8) -> ObjectKey {
    ObjectKey::from_random([number; 16])
}

pub(crate) fn new(number: u8, suite: Suite) -> NewObject {
    let wrapped = WrappedKey::from_bytes(if suite == Suite::Sealed { &[7; 81] } else { &[] });
    NewObject { object: key(number), protection: protection(suite, 7), wrapped }
}

#[expect(clippy::disallowed_methods, reason = "the server that is tested goes by the time of day")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp::from_seconds(i64::try_from(since.as_secs()).unwrap())
}

pub(crate) fn blobs(store: BucketStore) -> Blobs {
    Blobs::new(Arc::new(store))
}

pub(crate) fn begin(blobs: &Blobs, number: u8, suite: Suite) -> Upload {
    blobs.begin(new(number, suite), Algorithm::Sha256).unwrap()
}

pub(crate) async fn append(upload: &mut Upload, bytes: &[u8]) -> Result<(), StoreError> {
    for chunk in bytes.chunks(100_000) {
        upload.append(Bytes::copy_from_slice(chunk)).await?;
    }
    Ok(())
}

/// Resumes from a row's bytes, as another node would.
pub(crate) async fn resume(blobs: &Blobs, parked: &ParkedUpload, suite: Suite) -> Resumed {
    let parked = ParkedUpload::from_bytes(&parked.to_bytes()).unwrap();
    blobs.resume(parked, &protection(suite, 7)).await.unwrap()
}

pub(crate) async fn resume_ready(blobs: &Blobs, parked: &ParkedUpload, suite: Suite) -> Upload {
    match resume(blobs, parked, suite).await {
        Resumed::Ready(upload) => upload,
        Resumed::Torn(_) => panic!("an upload that was left alone is not torn"),
    }
}

pub(crate) async fn commit(upload: Upload, bytes: &[u8]) -> Receipt {
    upload.commit(&Digest::sha256(bytes), b"described").await.unwrap()
}

pub(crate) async fn assert_reads_back(blobs: &Blobs, number: u8, suite: Suite, bytes: &[u8]) {
    let size = bytes.len() as u64;
    let (object, protection) = (key(number), protection(suite, 7));
    let whole = blobs.open(&object, &protection, ByteRange::whole(size)).await.unwrap();
    assert!(drain(whole).await.unwrap() == bytes, "all of it");
    let some = range(size / 3, size / 3 + size / 2, size);
    let reader = blobs.open(&object, &protection, some).await.unwrap();
    let (from, to) = (bytes.len() / 3, bytes.len() / 3 + bytes.len() / 2);
    assert!(drain(reader).await.unwrap() == bytes[from..to], "half of it");
    let footer = blobs.verify(&object, &protection).await.unwrap();
    assert_eq!((footer.digest, footer.description), (Digest::sha256(bytes), b"described".to_vec()));
}

/// Runs a closure that waits, on a thread that may block.
pub(crate) async fn off<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

pub(crate) fn writer_of(reopened: Reopened) -> Box<dyn ObjectWriter> {
    match reopened {
        Reopened::Ready(writer) => writer,
        Reopened::Torn => panic!("an object that was left alone is not torn"),
    }
}
