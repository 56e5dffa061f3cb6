//! Copies an object's file, unchanged, into another store, and compares two such files.

use std::sync::Arc;

use names::ObjectKey;

use crate::blobs::blocking;
use crate::format::{FOOTER_BYTES, HEADER_BYTES_MAX, Header, Suite};
use crate::segments::read_start;
use crate::{Apart, Blobs, Expected, ObjectStore, StoreError, StoreReader};

/// Read and written at once.
const STEP_BYTES: usize = 1 << 20;

impl Blobs {
    /// Copies an object's file byte for byte to the same key of `target`, and reports each written
    /// stretch to `progress`. The copy is durable when this returns; [`Blobs::verify`] checks its
    /// content.
    ///
    /// Delete the rest of an interrupted copy at the key first. A crash leaves something that is
    /// not an object.
    pub async fn copy_to(
        &self,
        object: &ObjectKey,
        target: &Blobs,
        progress: impl Fn(u64) + Send + 'static,
    ) -> Result<(), StoreError> {
        let (from, to) = (Arc::clone(&self.store), Arc::clone(&target.store));
        let object = object.clone();
        blocking(move || copy(&*from, &*to, &object, &progress)).await
    }

    /// Whether the object's file is the same in both stores, byte for byte. Needs no key.
    pub async fn has_same_file(
        &self,
        object: &ObjectKey,
        other: &Blobs,
    ) -> Result<bool, StoreError> {
        let (one, two) = (Arc::clone(&self.store), Arc::clone(&other.store));
        let object = object.clone();
        blocking(move || are_same(one.open(&object)?.as_mut(), two.open(&object)?.as_mut())).await
    }
}

fn are_same(one: &mut dyn StoreReader, two: &mut dyn StoreReader) -> Result<bool, StoreError> {
    let length = one.length();
    if two.length() != length {
        return Ok(false);
    }
    let (mut of_one, mut of_two) = (vec![0; STEP_BYTES], vec![0; STEP_BYTES]);
    let mut at = 0;
    while at < length {
        let step = usize::try_from(length - at).unwrap_or(usize::MAX).min(STEP_BYTES);
        one.read_at(at, &mut of_one[..step])?;
        two.read_at(at, &mut of_two[..step])?;
        if of_one[..step] != of_two[..step] {
            return Ok(false);
        }
        at += step as u64;
    }
    Ok(true)
}

fn copy(
    from: &dyn ObjectStore,
    to: &dyn ObjectStore,
    object: &ObjectKey,
    progress: &dyn Fn(u64),
) -> Result<(), StoreError> {
    let mut source = from.open(object)?;
    let length = source.length();
    let apart = ends_of(source.as_mut(), object)?;
    let mut writer = to.create(object, Expected { length: Some(length), apart })?;
    let mut buffer = vec![0; STEP_BYTES];
    let mut at = 0;
    while at < length {
        let left = usize::try_from(length - at).unwrap_or(usize::MAX);
        let step = &mut buffer[..left.min(STEP_BYTES)];
        source.read_at(at, step)?;
        writer.append(step)?;
        at += step.len() as u64;
        progress(step.len() as u64);
    }
    writer.commit()
}

/// The ends that a store may keep beside the content: only for content that clients can read
/// directly.
fn ends_of(source: &mut dyn StoreReader, object: &ObjectKey) -> Result<Option<Apart>, StoreError> {
    let mut start = [0; HEADER_BYTES_MAX];
    let start = read_start(source, &mut start)?;
    let (header, check) = Header::parse(start).map_err(|what| StoreError::Corrupt {
        object: object.clone(),
        offset: 0,
        what,
    })?;
    let front = header.encode().len() + check.len();
    Ok((header.suite == Suite::Plain).then_some(Apart { front, back: FOOTER_BYTES }))
}
