//! Rows: everything that Longshore knows, except the bytes of layers.
//!
//! # Invariants
//! * All SQL of the house is in this crate: one file per family of tables, one statement per function.
//! * [`Tx`] is the only way to a row. A fact that needs several rows is true in one transaction or not at all.
//! * [`Db::write`] returns `Ok` only after the rows are durable: a power cut loses nothing.
//! * A closure may be run again, so it has no side effect but its rows.
//! * Statements are portable: `$1` parameters, text, bigint and bytes, times in microseconds. What engines
//!   spell differently is a named word in `engine`, never a second copy of a rule.
//!
//! # Who calls
//! `operations` and `jobs`, and the binary, which opens the database.
//!
//! # On a crash
//! Whatever was committed is there, whatever was not is gone. SQLite's write-ahead log is replayed at
//! the next open, and PostgreSQL ends the transactions of a connection that is gone; there is nothing to clean.

mod engine;
mod error;
mod lookup;
mod migrations;
#[cfg(test)]
mod plans;
mod rows;
mod tables;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

pub use engine::{Db, Faults};
pub use error::{DbError, EngineError};
pub use lookup::Lookup;
pub use rows::access_key::{AccessKey, KeyOwner, KeyUse};
pub use rows::account::Account;
pub use rows::blob::{Blob, BlobKey, NewBlob};
pub use rows::iam_attachment::Attachment;
pub use rows::iam_group::IamGroup;
pub use rows::iam_instance_profile::InstanceProfile;
pub use rows::iam_oidc_provider::OidcProvider;
pub use rows::iam_policy::{IamPolicy, IamPolicyVersion};
pub use rows::iam_rights::{RepositoryStanding, Standing};
pub use rows::iam_role::IamRole;
pub use rows::iam_user::IamUser;
pub use rows::image::{
    DescribedImage, Image, ImageFilter, ImageKey, ListedImage, ListedReferrer, NewImage,
    PulledImage, Referrer, TagStatus,
};
pub use rows::image_record::{ImageRecord, RecordedImage};
pub use rows::image_tag::{IfTaken, Pointed, TaggedImage};
pub use rows::incoming::Incoming;
pub use rows::job::{ClaimedJob, JobRetried, JobState, JobTurn, ListedJob, NewJob};
pub use rows::registry::RegistryKey;
pub use rows::repository::{NewRepository, Repository, RepositoryKey};
pub use rows::repository_blob::{AttachedBlob, RepositoryBlob};
pub use rows::upload::{NewUpload, Upload, UploadProgress};
pub use tables::{Cell, Piece, Snapshot, Stays, TABLES, Table};
pub use tx::Tx;
