//! Files by key, for other programs to read: what an audit trail delivers.
//!
//! # Invariants
//! * A file appears whole or not at all, and is durable when `put` returns. A put of a file that is
//!   there replaces it.
//! * A key consists of names of letters, digits, `-`, `_`, `.`, `=` and a few more, with a slash
//!   between two. None leads out of the place.
//! * A list is in the order of the keys' bytes.
//! * S3 and Google Cloud Storage keep metadata of a file; Azure and a folder do not.
//!
//! # Who calls
//! `operations`, through [`Files`].
//!
//! # On a crash
//! A folder may keep a file whose name begins with a dot. The next put of that file replaces it; no
//! list shows it.

use std::fmt;
use std::sync::Arc;

use crate::StoreError;
use crate::blobs::blocking;

/// Metadata of a file: names and values.
pub type FileMetadata = Vec<(&'static str, String)>;

/// A store of files. Every method may block.
pub trait FileStore: fmt::Debug + Send + Sync + 'static {
    /// Writes a file.
    fn put(&self, key: &str, bytes: &[u8], metadata: &FileMetadata) -> Result<(), StoreError>;

    /// Reads a file of at most so many bytes; `None` if there is none of this key.
    fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, StoreError>;

    /// The first keys in a folder, and in those below it, that come after a key.
    fn list(&self, folder: &str, after: &str, limit: usize) -> Result<Vec<String>, StoreError>;
}

/// Files in a store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files(Arc<dyn FileStore>);

impl Files {
    /// Files in `store`.
    pub fn new(store: Arc<dyn FileStore>) -> Self {
        Self(store)
    }

    /// Writes a file, in the place of an earlier one of its key.
    pub async fn put(
        &self,
        key: &str,
        bytes: Vec<u8>,
        metadata: FileMetadata,
    ) -> Result<(), StoreError> {
        let (store, key) = (Arc::clone(&self.0), checked(key)?);
        if bytes.is_empty() {
            return Err(StoreError::Misused("a file has something in it"));
        }
        blocking(move || store.put(&key, &bytes, &metadata)).await
    }

    /// Reads a file; `None` if there is none of this key.
    pub async fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let Ok(key) = checked(key) else { return Ok(None) };
        let store = Arc::clone(&self.0);
        blocking(move || store.read(&key, bytes_max)).await
    }

    /// The first keys in a folder, and in those below it, that come after a key.
    pub async fn list(
        &self,
        folder: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<String>, StoreError> {
        let Ok(folder) = checked(folder) else { return Ok(Vec::new()) };
        let (store, after) = (Arc::clone(&self.0), after.to_owned());
        blocking(move || store.list(&folder, &after, limit)).await
    }
}

/// The refusal of a file that is longer than any that we write.
pub(crate) fn too_long(key: &str, bytes_max: u64) -> StoreError {
    StoreError::TooLong { document: key.to_owned(), bytes_max }
}

/// Any key that we write, and no other: S3 would take more.
fn checked(key: &str) -> Result<String, StoreError> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-_.=+@".contains(&b);
    let is_name = |name: &str| {
        !name.is_empty() && !name.starts_with('.') && name.len() <= 255 && name.bytes().all(fits)
    };
    if key.len() > 1_024 || !key.split('/').all(is_name) {
        return Err(StoreError::Misused("a key has letters, digits, -, _, ., =, +, @ and / only"));
    }
    Ok(key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_ours() {
        #[rustfmt::skip]
        let cases = [
            ("AWSLogs/123456789012/CloudTrail/us-east-1/2026/11/30/1_CloudTrail_A.json.gz", true, "a log file"),
            ("a",        true,  "one name"),
            ("",         false, "nothing"),
            ("/a",       false, "an empty name first"),
            ("a/",       false, "an empty name last"),
            ("a//b",     false, "an empty name between"),
            ("a/../b",   false, "climbs"),
            ("a/./b",    false, "a dot"),
            ("a/.b",     false, "a file that is being written"),
            ("a\\b",     false, "a backslash"),
            ("a\0b",     false, "a NUL byte"),
            ("a b",      false, "a space"),
            ("ä",        false, "not ASCII"),
        ];
        for (key, expected, because) in cases {
            assert_eq!(checked(key).is_ok(), expected, "{key:?}: {because}");
        }
        assert!(checked(&"a".repeat(256)).is_err() && checked(&"a/".repeat(600)).is_err());
    }
}
