//! Bytes, by object key.
//!
//! Three layers, from the bottom: an [`ObjectStore`] keeps opaque files ([`LocalStore`] on a local
//! disk, [`BucketStore`] in a bucket); the sealed object format (`format`) makes a file out of a header, encrypted segments and
//! a footer; [`Blobs`] joins the two into uploads, readers and receipts.
//!
//! # Invariants
//! * An object is never modified. It is named by a key that is never used again, and it appears
//!   whole, with a footer, or it is not an object.
//! * A [`Receipt`]'s bytes hash to its digest and are durable: they were hashed while streaming,
//!   and synced before the receipt was made. Nothing but a commit makes one.
//! * A reader yields authenticated bytes or an error, never bytes it has doubts about.
//! * A nonce is never used twice with different plaintext. Segments are sealed under a key that is
//!   derived from the data key, the object key and a salt that is random per file; the nonce is the
//!   segment's position. The one danger is an upload that is taken up again from a state older than
//!   its file. So: a file that holds more than the parked state explains is never written to again
//!   ([`Resumed::Torn`]); the prefix that the state does explain is copied to a new object under a
//!   new key ([`Blobs::reseal`]). A parked state without a file starts with a new salt. Two writers
//!   of one file exclude each other, by a lock or by a claim that the store gives out once.
//! * Nothing here knows a repository, a digest-to-object map or a caller. If you need one, you want
//!   `db`.
//! * Randomness (salts, nonces) comes from `aws-lc-rs`, so that nobody can hand in a salt twice.
//!
//! # Who calls
//! `operations` only, and the binary, which opens the stores. Doors never touch bytes except to stream a reader they were handed.
//!
//! # On a crash
//! An upload that was not parked is gone but for its file, and one that was parked is as it was
//! parked. A commit that was not acknowledged may have left a complete object that no row names.
//! Both are for the sweep: rows name every file that counts.

mod blobs;
mod bucket;
mod buffer;
pub mod conformance;
mod copy;
mod documents;
mod error;
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
    AzureConfig, AzureCredential, BucketConfig, BucketDocuments, BucketStore, CloudConfig,
    GoogleConfig, GoogleCredential, MalformedBucketConfig, Patience, S3Config,
    ServerSideEncryption,
};
pub use documents::{DocumentKind, DocumentStore, Documents};
pub use error::{CommitError, StoreError};
pub use format::{DESCRIPTION_BYTES_MAX, Footer, SIZE_BYTES_MAX, WRAPPED_BYTES_MAX};
pub use local::{FolderLock, LocalDocuments, LocalStore, Privacy, exposure, keep_private};
pub use parked::ParkedUpload;
pub use reader::ObjectReader;
pub use resume::Resumed;
pub use store::{Apart, Expected, ObjectStore, ObjectWriter, Reopened, StoreReader, StoreState};
pub use stored::StoredObject;
pub use upload::{Receipt, Upload};
