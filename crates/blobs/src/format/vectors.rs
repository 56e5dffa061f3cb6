//! The test vectors that another implementation made, `tests/object_format/object_format.py`.
//! `docs/object-format.md` describes both.

use std::sync::Arc;

use names::{Algorithm, ByteRange, DataKey, Digest, ObjectKey};
use serde_json::Value;

use super::cipher::Cipher;
use super::{Footer, Header, Layout, Place, SEGMENT_BYTES};
use crate::{Blobs, LocalStore, Protection, StoreError};

/// What the other implementation says of one object.
struct Vector {
    name: String,
    object: ObjectKey,
    protection: Protection,
    content: Vec<u8>,
    digest: Digest,
    told: Value,
}

impl Vector {
    fn of(told: &Value) -> Self {
        let text = |field: &str| told[field].as_str().expect("it is a text").to_owned();
        let protection = match text("data_key").as_str() {
            "" => Protection::Storage,
            key => {
                let key = hex::decode(key).unwrap();
                Protection::Sealed(DataKey::from_bytes(key.try_into().unwrap()))
            }
        };
        let length = usize::try_from(told["content_bytes"].as_u64().unwrap()).unwrap();
        Self {
            name: text("name"),
            object: ObjectKey::parse(&text("object")).unwrap(),
            protection,
            content: content(length),
            digest: Digest::parse(&text("content_digest")).unwrap(),
            told: told.clone(),
        }
    }

    fn bytes(&self, field: &str) -> Vec<u8> {
        hex::decode(self.told[field].as_str().expect("it is a text")).unwrap()
    }

    fn cipher(&self) -> (Header, Cipher, [u8; 32]) {
        let (header, _) = Header::parse(&self.bytes("header")).unwrap();
        let (cipher, check) = Cipher::derive(&header, &header.encode(), self.protection.key());
        (header, cipher, check)
    }

    /// The whole file, with the segments that we seal.
    fn file(&self) -> Vec<u8> {
        let (header, cipher, _) = self.cipher();
        let layout = Layout::new(header.suite, self.bytes("header").len());
        let (mut file, size) = (self.bytes("header"), self.content.len() as u64);
        let last = Layout::segment_of(size);
        for index in 0..=last {
            let start = usize::try_from(index).unwrap() * SEGMENT_BYTES;
            let mut segment = self.content[start..][..Layout::content_in(index, size)].to_vec();
            let mut tag = vec![0; header.suite.tag_bytes()];
            let place = if index == last { Place::Last } else { Place::Inner };
            cipher.seal_segment(index, place, &mut segment, &mut tag);
            assert_eq!(file.len() as u64, layout.segment_at(index), "{}", self.name);
            file.extend_from_slice(&segment);
            file.extend_from_slice(&tag);
        }
        assert_eq!(file.len() as u64, layout.footer_at(size), "{}", self.name);
        file.extend_from_slice(&self.bytes("footer"));
        file
    }
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../../../../tests/object_format/vectors.json");
    let told: Value = serde_json::from_str(text).unwrap();
    let all: Vec<Vector> = told["objects"].as_array().unwrap().iter().map(Vector::of).collect();
    assert!(all.len() > 10, "{} vectors", all.len());
    all
}

/// The SHA-256 of 0, 1, 2 …, one after another.
fn content(length: usize) -> Vec<u8> {
    let hashes = (0_u64..).map(|number| {
        let digest = Digest::sha256(&number.to_be_bytes());
        hex::decode(digest.hex()).unwrap()
    });
    hashes.take(length.div_ceil(32)).flatten().take(length).collect()
}

#[test]
fn a_header_of_another_implementation_has_the_fields_and_the_check_that_it_says() {
    for vector in vectors() {
        let name = &vector.name;
        let (header, _, check) = vector.cipher();
        assert_eq!(header.object, vector.object, "{name}");
        assert_eq!(header.suite, vector.protection.suite(), "{name}");
        assert_eq!(header.wrapped.as_bytes(), vector.bytes("wrapped"), "{name}");
        assert_eq!(header.prefix.to_vec(), vector.bytes("nonce_prefix"), "{name}");
        assert_eq!(header.salt.to_vec(), vector.bytes("salt"), "{name}");
        assert_eq!([header.encode(), check.to_vec()].concat(), vector.bytes("header"), "{name}");
    }
}

#[test]
fn the_same_content_under_the_same_header_is_the_same_file_in_both_implementations() {
    for vector in vectors() {
        let (name, file) = (&vector.name, vector.file());
        assert_eq!(Some(file.len() as u64), vector.told["file_bytes"].as_u64(), "{name}");
        let digest = Digest::sha256(&file);
        assert_eq!(Some(digest.hex()), vector.told["file_sha256"].as_str(), "{name}");
        if vector.told.get("body").is_some() {
            let whole = [vector.bytes("header"), vector.bytes("body"), vector.bytes("footer")];
            assert_eq!(file, whole.concat(), "{name}");
        }
    }
}

#[test]
fn a_footer_of_another_implementation_says_what_was_put_into_it() {
    let mut algorithms = Vec::new();
    for vector in vectors() {
        let (name, (_, cipher, _)) = (&vector.name, vector.cipher());
        let footer = Footer::open(&cipher, &vector.bytes("footer")).expect(name);
        let Footer { digest, size_bytes, description } = footer;
        assert_eq!(digest, vector.digest, "{name}");
        assert_eq!(size_bytes, vector.content.len() as u64, "{name}");
        assert_eq!(std::str::from_utf8(&description).ok(), vector.told["description"].as_str());
        algorithms.push(digest.algorithm());
    }
    assert!(algorithms.contains(&Algorithm::Sha512), "both algorithms are among them");
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test puts files behind the store's back")]
async fn objects_of_another_implementation_are_read_in_any_range_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::new(Arc::new(LocalStore::open(folder.path()).unwrap()));
    for vector in vectors() {
        let Vector { name, object, protection, content, .. } = &vector;
        let shelf = folder.path().join("objects").join(&object.as_str()[..2]);
        std::fs::create_dir_all(&shelf).unwrap();
        std::fs::write(shelf.join(object.as_str()), vector.file()).unwrap();
        let stored = blobs.inspect(object).await.unwrap();
        assert_eq!(stored.wrapped.as_bytes(), vector.bytes("wrapped"), "{name}");
        let footer = blobs.verify(object, protection).await.unwrap();
        assert_eq!(footer.digest, vector.digest, "{name}");
        assert!(read(&blobs, &vector, ByteRange::whole(content.len() as u64)).await == *content);
        let size = content.len() as u64;
        for first in [0, size / 2, size.saturating_sub(1)] {
            let last = Some((first + 70_000).min(size.saturating_sub(1)));
            let asked = names::RangeRequest::From { first, last };
            let Some(range) = asked.within(size) else { continue };
            let within = usize::try_from(range.start()).unwrap()..;
            let expected = &content[within][..usize::try_from(range.length()).unwrap()];
            assert!(read(&blobs, &vector, range).await == expected, "{name} from {first}");
        }
        let wrong = Protection::Sealed(DataKey::from_bytes([9; 32]));
        let refused = blobs.verify(object, &wrong).await;
        assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{name}");
    }
}

async fn read(blobs: &Blobs, vector: &Vector, range: ByteRange) -> Vec<u8> {
    let mut reader = blobs.open(&vector.object, &vector.protection, range).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = reader.next().await {
        bytes.extend_from_slice(&chunk.unwrap());
    }
    bytes
}
