//! How fast one upload and one reader are: `throughput FOLDER [MEBIBYTES]`.
//!
//! Content comes from memory in frames of 256 KiB, as a socket would give it; the folder decides
//! what disk is measured.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use blobs::{Blobs, LocalStore, NewObject, Protection};
use bytes::Bytes;
use names::{Algorithm, ByteRange, DataKey, DigestHasher, ObjectKey, WrappedKey};

const FRAME_BYTES: usize = 256 << 10;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().ok_or("which folder?")?);
    let mebibytes: usize = words.next().map_or(Ok(1024), |word| word.parse())?;
    let store = LocalStore::open(&folder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build()?;
    runtime.block_on(measure(Blobs::new(Arc::new(store)), mebibytes << 20))
}

async fn measure(blobs: Blobs, size: usize) -> Result<(), Box<dyn std::error::Error>> {
    let frame = Bytes::from(vec![0x5a; FRAME_BYTES]);
    let frames = size / FRAME_BYTES;
    let mut hasher = DigestHasher::new(Algorithm::Sha256);
    let started = Instant::now();
    (0..frames).for_each(|_| hasher.update(&frame));
    report("SHA-256 alone", size, started);
    let digest = hasher.finish();
    let protections = [
        ("sealed", Protection::Sealed(DataKey::from_bytes([7; 32]))),
        ("left to the store", Protection::Storage),
    ];
    for (number, (label, protection)) in (0..).zip(protections) {
        let object = ObjectKey::from_random([number; 16]);
        blobs.delete(&object).await?;
        let wrapped = WrappedKey::from_bytes(&[]);
        let new = NewObject { object: object.clone(), protection: protection.clone(), wrapped };
        let mut upload = blobs.begin(new, Algorithm::Sha256)?;
        upload.expect_length(size as u64);
        let started = Instant::now();
        for _ in 0..frames {
            upload.append(frame.clone()).await?;
        }
        report(&format!("append, {label}"), size, started);
        upload.commit(&digest, b"").await?;
        report(&format!("append and commit, {label}"), size, started);
        for pass in ["first", "second"] {
            let whole = ByteRange::whole(size as u64);
            let started = Instant::now();
            let mut reader = blobs.open(&object, &protection, whole).await?;
            while let Some(chunk) = reader.next().await {
                std::hint::black_box(chunk?);
            }
            report(&format!("{pass} read, {label}"), size, started);
        }
        blobs.delete(&object).await?;
    }
    Ok(())
}

fn report(what: &str, size: usize, started: Instant) {
    let micros = started.elapsed().as_micros().max(1);
    println!("{what:>40}: {:>6} MB/s", size as u128 / micros);
}
