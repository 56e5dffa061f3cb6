//! Objects in a bucket of an S3-compatible store or of Google Cloud Storage, or in a container of
//! Azure Blob Storage. `cloud` holds the differences; the rest of this folder speaks of buckets and
//! parts.
//!
//! ```text
//! PREFIX/objects/KEY            the object
//! PREFIX/pieces/KEY/TURN        bytes of the object that were too few for a part when its upload was parked
//! PREFIX/ends/KEY               its last bytes, if it was sent in parts and its ends are kept apart
//! PREFIX/KIND/NAME              a document, mostly in a bucket of backups
//! PREFIX/uploads/KEY/TURN       a claim: the node that made it may write on
//! ```
//! A short upload stays in its row until it is committed. An object is written with one `PUT`, or,
//! if it is long, as the parts of a multipart upload. A commit completes the upload; nothing is
//! copied. Bytes that are too few for a part when an upload is parked are a piece; then the object
//! holds only the bytes after it, and its metadata (`longshorepieces`) names the piece. If the ends
//! of a file may be kept apart, the object is only the content: the first bytes are in its metadata
//! (`longshorefront`), the last ones also there or in a separate object. So clients can read it
//! through a presigned URL.
//!
//! # Invariants
//! * A writer works in turns: one from `create`, and one more each time that a parked object
//!   continues. Before a turn appends anything it has made its claim, with `If-None-Match: *`: the
//!   store grants each claim once, to one node. A parked state names its turn. So a parked state of
//!   an earlier turn is torn, and no two nodes send different bytes for one place.
//! * A multipart upload's id is in a claim before its first part is sent. So a delete of the key
//!   can abort the upload, and a list of claims names every forgotten upload.
//! * A part is at least as long as its number requires, and all parts fit the store's limit of
//!   10,000.
//! * A commit has asked the store for the object's length, and it was right.
//! * Parked bytes are in the store or in the state. A node's memory holds nothing that was
//!   acknowledged.
//!
//! # Who calls
//! [`crate::Blobs`], on threads that may block: they wait on the runtime that the store was opened
//! with. Reading ahead and sending a part are tasks of that runtime, which end with their reader or
//! writer.
//!
//! # On a crash
//! Claims and parts stay. A commit that was not acknowledged may have left an object. Every key
//! that counts is named by a row; `delete` of a key removes everything that it has. A multipart
//! upload whose claim was never written has no parts; a lifecycle rule of the bucket
//! (`AbortIncompleteMultipartUpload`) removes those.

mod advice;
mod breaker;
mod check;
mod cloud;
mod config;
mod documents;
mod files;
mod hold;
mod key;
mod parked;
mod pieces;
mod presign;
mod reader;
mod remove;
mod service;
mod store;
mod turn;
mod writer;

pub use config::{
    AzureConfig, AzureCredential, BucketConfig, CloudConfig, GoogleConfig, GoogleCredential,
    MalformedBucketConfig, Patience, S3Config, ServerSideEncryption,
};
pub use documents::BucketDocuments;
pub use files::BucketFiles;
pub use store::BucketStore;
