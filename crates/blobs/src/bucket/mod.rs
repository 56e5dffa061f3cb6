//! Objects in a bucket of an S3-compatible store or of Google Cloud Storage, or in a container of Azure Blob Storage. Where they differ is in `cloud`; all else here
//! speaks of buckets and parts.
//!
//! ```text
//! PREFIX/objects/KEY            the object
//! PREFIX/pieces/KEY/TURN        bytes of the object that were too few for a part when its upload was parked
//! PREFIX/ends/KEY               its last bytes, if it was sent in parts and its ends are kept apart
//! PREFIX/KIND/NAME              a document, in a bucket of backups
//! PREFIX/uploads/KEY/TURN       a claim: who holds it is the one who may write on
//! ```
//! An object comes as one `PUT`, or as the parts of a multipart upload if it is long. A commit completes the upload;
//! nothing is copied. What a short upload had when it was parked is a piece; then the object is what came behind it, and its
//! metadata (`longshorepieces`) names the piece. If the ends of a file may be kept apart, the object is its content alone: the first bytes are in
//! its metadata (`longshorefront`), the last ones beside them or in an object of their own. So others
//! can read it by a presigned address.
//!
//! # Invariants
//! * A writer goes by turns: one from `create`, one more each time that a parked object goes on. Before a turn
//!   appends anything, it has made its claim, with `If-None-Match: *`: the store gives out each claim once, to
//!   one node. What is parked names its turn. So a parked state that is not of the last turn is torn, and
//!   no two nodes send different bytes for one place.
//! * A multipart upload's id is in a claim before its first part is sent, so that whoever deletes the key can abort
//!   it, and a list of claims names every upload that was forgotten.
//! * A part is at least as long as its number asks for, and all of them fit the store's 10,000.
//! * A commit has asked the store how long the object is, and it was right.
//! * What was parked is in the store or in the state. The memory of a node holds nothing that was promised.
//!
//! # Who calls
//! [`crate::Blobs`], on threads that may wait: they block on the runtime that the store was opened with. Reading ahead
//! and sending a part are tasks of that runtime, ended when their reader or writer is.
//!
//! # On a crash
//! Claims and parts stay. A commit that was not acknowledged may have left an object. Rows name every key that
//! counts; `delete` of a key removes all that it has. A multipart upload whose claim was never written has no parts;
//! a lifecycle rule of the bucket (`AbortIncompleteMultipartUpload`) is the broom for those.

mod advice;
mod breaker;
mod cloud;
mod config;
mod documents;
mod key;
mod parked;
mod pieces;
mod presign;
mod reader;
mod service;
mod store;
mod turn;
mod writer;

pub use config::{
    AzureConfig, AzureCredential, BucketConfig, CloudConfig, GoogleConfig, GoogleCredential,
    MalformedBucketConfig, Patience, S3Config, ServerSideEncryption,
};
pub use documents::BucketDocuments;
pub use store::BucketStore;
