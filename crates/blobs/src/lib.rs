//! Bytes, by object key.
//!
//! There are three layers. At the bottom, an [`ObjectStore`] keeps opaque files ([`LocalStore`] on
//! a local disk, [`BucketStore`] in a bucket). The sealed object format (`format`) makes a file
//! from a header, encrypted segments and a footer. [`Blobs`] joins the two into uploads, readers
//! and receipts.
//!
//! # Invariants
//! * An object is never modified. Its key is never used again. It appears whole, with a footer, or
//!   it is not an object.
//! * The bytes of a [`Receipt`] hash to its digest and are durable: they were hashed while
//!   streaming, and synced before the receipt was made. Only a commit makes a receipt.
//! * A reader yields authenticated bytes or an error, never doubtful bytes.
//! * A nonce is never used twice with different plaintext. Segments are sealed under a key that is
//!   derived from the data key, the object key and a random salt per file; the nonce is the
//!   segment's position. The only danger is an upload that continues from a state older than its
//!   file. So a file that holds more bytes than the parked state records is never written to again
//!   ([`Resumed::Torn`]); the acknowledged prefix is copied to a new object under a new key
//!   ([`Blobs::reseal`]). A parked state without a file starts with a new salt. Two writers of one
//!   file exclude each other, with a lock or with a claim that the store grants once.
//! * This crate knows no repository, no digest-to-object map and no caller. For those, use `db`.
//! * Randomness (salts, nonces) comes from `aws-lc-rs`, so that no caller can pass in the same salt
//!   twice.
//!
//! # Who calls
//! Only `operations`, and the binary, which opens the stores. Doors touch bytes only to stream a
//! reader that they were given.
//!
//! # On a crash
//! An upload that was not parked leaves only its file. A parked upload is as it was when it was
//! parked. A commit that was not acknowledged may have left a complete object that no row names.
//! Jobs remove both: every file that counts is named by a row.

mod blobs;
mod bucket;
mod buffer;
pub mod conformance;
mod copy;
mod corrupt_reads;
mod documents;
mod error;
mod files;
mod format;
mod local;
mod parked;
mod pipeline;
mod reader;
mod resume;
mod segments;
mod store;
mod stored;
pub mod testing;
mod upload;

pub use blobs::{Blobs, NewObject, Protection};
pub use bucket::{
    AzureConfig, AzureCredential, BucketConfig, BucketDocuments, BucketFiles, BucketStore,
    CloudConfig, GoogleConfig, GoogleCredential, MalformedBucketConfig, Patience, S3Config,
    ServerSideEncryption,
};
pub use documents::{DocumentKind, DocumentStore, Documents};
pub use error::{CommitError, StoreError};
pub use files::{FileMetadata, FileStore, Files};
pub use format::{DESCRIPTION_BYTES_MAX, Footer, SIZE_BYTES_MAX, WRAPPED_BYTES_MAX};
pub use local::{
    FolderLock, LocalDocuments, LocalFiles, LocalStore, Privacy, exposure, keep_private,
};
pub use parked::ParkedUpload;
pub use reader::ObjectReader;
pub use resume::Resumed;
pub use store::{Apart, Expected, ObjectStore, ObjectWriter, Reopened, StoreReader, StoreState};
pub use stored::StoredObject;
pub use upload::{Receipt, Upload};
