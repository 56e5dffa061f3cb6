//! Small files by name: everything that a backup holds besides objects, and the root keys that were
//! handed down, beside the objects that need them.
//!
//! # Invariants
//! * A document appears whole or not at all, and is durable when `put` returns.
//! * A document is never empty, because a bucket cannot return an empty range.
//! * A document that is longer than any of its kind is not read.
//! * A name consists of [`DocumentKind`] and letters, digits, `-` and `.`; no name leads out of its
//!   kind's folder.
//!
//! # Who calls
//! `operations`, through [`Documents`].
//!
//! # On a crash
//! A folder may keep a file whose name begins with a dot. The next put of that document replaces
//! it; no list shows it.

use std::fmt;
use std::sync::Arc;

use crate::StoreError;
use crate::blobs::blocking;

/// The kind of a document, which decides where it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// Rows of a table, named by their digest.
    Rows,
    /// The manifest of a complete backup.
    Manifest,
    /// The progress of an incomplete backup.
    Progress,
    /// The secret of a former root key, sealed under a later one.
    RootKey,
}

impl DocumentKind {
    /// The folder of these documents.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Manifest => "backups",
            Self::Progress => "progress",
            Self::RootKey => "root-keys",
        }
    }

    /// Longer than any document of the kind that we write. Others may have put a file in its place.
    pub(crate) fn bytes_max(self) -> u64 {
        match self {
            Self::Rows => 64 << 20,
            Self::Manifest => 256 << 20,
            Self::Progress | Self::RootKey => 4 << 10,
        }
    }
}

/// A store of documents. Every method may block.
pub trait DocumentStore: fmt::Debug + Send + Sync + 'static {
    /// Writes a document, in the place of an earlier one of its name.
    fn put(&self, kind: DocumentKind, name: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Reads a document; `None` if there is none of this name.
    fn read(&self, kind: DocumentKind, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// The names of all documents of a kind, in order.
    fn list(&self, kind: DocumentKind) -> Result<Vec<String>, StoreError>;

    /// Removes a document. Removing one that does not exist succeeds.
    fn delete(&self, kind: DocumentKind, name: &str) -> Result<(), StoreError>;
}

/// Documents in a store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Documents(Arc<dyn DocumentStore>);

impl Documents {
    /// Documents in `store`.
    pub fn new(store: Arc<dyn DocumentStore>) -> Self {
        Self(store)
    }

    /// Writes a document, in the place of an earlier one of its name.
    pub async fn put(
        &self,
        kind: DocumentKind,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), StoreError> {
        let (store, name) = (Arc::clone(&self.0), checked(name)?);
        if bytes.is_empty() {
            return Err(StoreError::Misused("a document has something in it"));
        }
        if bytes.len() as u64 > kind.bytes_max() {
            return Err(too_long(kind, &name));
        }
        blocking(move || store.put(kind, &name, &bytes)).await
    }

    /// Reads a document; `None` if there is none of this name.
    pub async fn read(
        &self,
        kind: DocumentKind,
        name: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let (store, name) = (Arc::clone(&self.0), checked(name)?);
        blocking(move || store.read(kind, &name)).await
    }

    /// The names of all documents of a kind, in order.
    pub async fn list(&self, kind: DocumentKind) -> Result<Vec<String>, StoreError> {
        let store = Arc::clone(&self.0);
        blocking(move || store.list(kind)).await
    }

    /// Removes a document. Removing one that does not exist succeeds.
    pub async fn delete(&self, kind: DocumentKind, name: &str) -> Result<(), StoreError> {
        let (store, name) = (Arc::clone(&self.0), checked(name)?);
        blocking(move || store.delete(kind, &name)).await
    }
}

/// The refusal of a document that would not fit, or that nothing here wrote.
pub(crate) fn too_long(kind: DocumentKind, name: &str) -> StoreError {
    let document = format!("{}/{name}", kind.folder());
    StoreError::TooLong { document, bytes_max: kind.bytes_max() }
}

fn checked(name: &str) -> Result<String, StoreError> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    if name.is_empty() || name.len() > 128 || name.starts_with('.') || !name.bytes().all(fits) {
        return Err(StoreError::Misused("a document's name has letters, digits, - and . only"));
    }
    Ok(name.to_owned())
}
