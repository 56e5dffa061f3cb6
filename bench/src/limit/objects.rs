//! Objects as the limit keeps them: a number, then segments, each sealed and followed by its tag.
//!
//! The segments and the batches that are written and read at once have the lengths of Longshore's.
//! All objects are sealed under one key that this process makes up; a nonce is the object's number
//! and the segment's, so no nonce is used twice.

use std::fs::File;
use std::io::{self, IoSlice, Write};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest as _, Sha256};

use super::write_back::WriteBack;
use crate::content::Noise;

const SEGMENT_BYTES: usize = 64 * 1024;
const BATCH_SEGMENTS: usize = 4;
const TAG_BYTES: usize = 16;
const SEALED_BYTES: usize = SEGMENT_BYTES + TAG_BYTES;

const NUMBER_BYTES: usize = 8;

/// The memory that objects are made of: more than the processor keeps in its caches.
pub(super) const BODY_BYTES: usize = 64 * 1024 * 1024;

/// Objects in one folder.
pub(super) struct Objects {
    folder: PathBuf,
    /// The folder itself, to sync names.
    names: File,
    body: Vec<u8>,
    key: LessSafeKey,
    made: AtomicU64,
}

/// An object that is being read.
pub(super) struct Reader<'a> {
    key: &'a LessSafeKey,
    file: File,
    number: u64,
    pub(super) size_bytes: u64,
}

impl Objects {
    /// Makes objects in `folder`, from `body_bytes` of noise.
    pub(super) fn new(folder: PathBuf, body_bytes: usize) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let mut key = [0; 32];
        getrandom::fill(&mut key).context("randomness")?;
        // A segment may start at the body's last byte.
        let mut body = vec![0; body_bytes + SEGMENT_BYTES];
        Noise::from_seed(7).fill(&mut body);
        Ok(Self {
            names: File::open(&folder)?,
            folder,
            body,
            key: LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).expect("32 bytes")),
            made: AtomicU64::new(0),
        })
    }

    /// Hashes, seals and writes an object, and returns its digest when it and its name are durable.
    pub(super) fn write(&self, name: &str, size_bytes: u64) -> Result<[u8; 32]> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let mut file = File::create(self.folder.join(name))?;
        file.write_all(&number.to_be_bytes())?;
        let mut write_back = WriteBack::of(&file);
        let mut hasher = Sha256::new();
        let mut batch = vec![0; BATCH_SEGMENTS * SEALED_BYTES];
        let (mut segment, mut left) = (0, size_bytes);
        while left > 0 {
            let mut end = 0;
            while left > 0 && end < batch.len() {
                let length = segment_length(left);
                let (content, tag) = batch[end..end + length + TAG_BYTES].split_at_mut(length);
                content.copy_from_slice(self.body_of(number, size_bytes - left, length));
                hasher.update(&*content);
                self.seal(number, segment, content, tag)?;
                end += length + TAG_BYTES;
                left -= length as u64;
                segment += 1;
            }
            (&file).write_all(&batch[..end])?;
            write_back.note(end as u64)?;
        }
        write_back.finish()?;
        self.names.sync_all()?;
        Ok(hasher.finalize().into())
    }

    pub(super) fn open(&self, name: &str) -> Result<Reader<'_>> {
        let file = File::open(self.folder.join(name)).with_context(|| format!("object {name}"))?;
        let mut number = [0; NUMBER_BYTES];
        file.read_exact_at(&mut number, 0)?;
        let sealed = file.metadata()?.len() - NUMBER_BYTES as u64;
        let tags = sealed.div_ceil(SEALED_BYTES as u64) * TAG_BYTES as u64;
        let (number, size_bytes) = (u64::from_be_bytes(number), sealed - tags);
        Ok(Reader { key: &self.key, file, number, size_bytes })
    }

    /// Each object starts somewhere else in the body, and goes around it.
    fn body_of(&self, number: u64, at: u64, length: usize) -> &[u8] {
        let around = (self.body.len() - SEGMENT_BYTES) as u64;
        let from = (number.wrapping_mul(4097) + at) % around;
        let from = usize::try_from(from).expect("shorter than the body");
        &self.body[from..from + length]
    }

    fn seal(&self, number: u64, segment: u32, content: &mut [u8], tag: &mut [u8]) -> Result<()> {
        let nonce = nonce(number, segment);
        let sealed = self.key.seal_in_place_separate_tag(nonce, Aad::empty(), content);
        tag.copy_from_slice(sealed.ok().context("a segment that cannot be sealed")?.as_ref());
        Ok(())
    }
}

impl Reader<'_> {
    /// Sends `head`, then the content, opened.
    pub(super) fn send(self, head: &[u8], to: &mut impl Write) -> Result<()> {
        let mut batch = vec![0; BATCH_SEGMENTS * SEALED_BYTES];
        let (mut segment, mut at, mut left) = (0, NUMBER_BYTES as u64, self.size_bytes);
        let mut head = head;
        loop {
            let sealed = sealed_length(left);
            self.file.read_exact_at(&mut batch[..sealed], at)?;
            let mut pieces = vec![IoSlice::new(head)];
            for part in batch[..sealed].chunks_mut(SEALED_BYTES) {
                let nonce = nonce(self.number, segment);
                let opened = self.key.open_in_place(nonce, Aad::empty(), part);
                let opened = opened.ok().context("a segment that is not as it was sealed")?;
                left -= opened.len() as u64;
                pieces.push(IoSlice::new(opened));
                segment += 1;
            }
            write_all(to, &mut pieces)?;
            at += sealed as u64;
            head = &[];
            if left == 0 {
                return Ok(());
            }
        }
    }
}

fn segment_length(left: u64) -> usize {
    usize::try_from(left).unwrap_or(usize::MAX).min(SEGMENT_BYTES)
}

/// How long the next batch is in the file, if so much content is left.
fn sealed_length(left: u64) -> usize {
    let content = usize::try_from(left).unwrap_or(usize::MAX).min(BATCH_SEGMENTS * SEGMENT_BYTES);
    content + content.div_ceil(SEGMENT_BYTES) * TAG_BYTES
}

fn nonce(number: u64, segment: u32) -> Nonce {
    let mut nonce = [0; NONCE_LEN];
    nonce[..8].copy_from_slice(&number.to_be_bytes());
    nonce[8..].copy_from_slice(&segment.to_be_bytes());
    Nonce::assume_unique_for_key(nonce)
}

fn write_all(to: &mut impl Write, mut pieces: &mut [IoSlice<'_>]) -> io::Result<()> {
    IoSlice::advance_slices(&mut pieces, 0);
    while !pieces.is_empty() {
        let written = to.write_vectored(pieces)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut pieces, written);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test's own, removed when it is over.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("bench-limit-{name}-{}", std::process::id());
            Self(std::env::temp_dir().join(name))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            // What is left is in the folder for temporary files.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn sent(objects: &Objects, name: &str) -> Result<Vec<u8>> {
        let mut sent = Vec::new();
        objects.open(name)?.send(b"", &mut sent)?;
        Ok(sent)
    }

    #[test]
    fn what_is_sent_is_what_was_hashed() {
        let folder = Folder::new("sent");
        let objects = Objects::new(folder.0.clone(), 1 << 20).unwrap();
        let sizes = [0, 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 5 * SEGMENT_BYTES, (3 << 20) + 7];
        for (number, size) in sizes.into_iter().enumerate() {
            let name = format!("object-{number}");
            let digest = objects.write(&name, size as u64).unwrap();
            let sent = sent(&objects, &name).unwrap();
            assert_eq!(sent.len(), size);
            assert_eq!(<[u8; 32]>::from(Sha256::digest(&sent)), digest, "{size} bytes");
            let kept = std::fs::read(folder.0.join(&name)).unwrap();
            assert!(size < 64 || !kept.windows(64).any(|window| window == &sent[..64]), "sealed");
        }
    }

    #[test]
    fn an_object_that_was_changed_is_not_sent() {
        let folder = Folder::new("changed");
        let objects = Objects::new(folder.0.clone(), 1 << 20).unwrap();
        objects.write("object", 100_000).unwrap();
        let mut kept = std::fs::read(folder.0.join("object")).unwrap();
        kept[70_000] ^= 1;
        std::fs::write(folder.0.join("object"), kept).unwrap();
        assert!(sent(&objects, "object").is_err());
    }

    #[test]
    fn no_two_objects_are_the_same() {
        let folder = Folder::new("same");
        let objects = Objects::new(folder.0.clone(), 1 << 20).unwrap();
        let digests = [objects.write("a", 4096).unwrap(), objects.write("b", 4096).unwrap()];
        assert_ne!(digests[0], digests[1]);
    }

    /// The limit is that of Longshore's own format.
    #[test]
    fn segments_are_as_long_as_longshores() {
        let layout = include_str!("../../../crates/blobs/src/format/layout.rs");
        let log2 = SEGMENT_BYTES.ilog2();
        assert!(layout.contains(&format!("SEGMENT_LOG2: u8 = {log2};")));
        assert!(layout.contains(&format!("TAG_BYTES: usize = {TAG_BYTES};")));
        let buffer = include_str!("../../../crates/blobs/src/buffer.rs");
        assert!(buffer.contains(&format!("BATCH_SEGMENTS: usize = {BATCH_SEGMENTS};")));
    }
}
