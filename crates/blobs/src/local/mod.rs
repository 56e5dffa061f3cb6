//! Objects in a folder of a local disk.
//!
//! ```text
//! ROOT/lock             held by the one process that writes to the folder, or shared by those that only read it
//! ROOT/objects/XX/KEY   one file per object; XX are the key's first two digits
//! ROOT/KIND/NAME        a document, mostly in a folder of backups
//! ```
//! # Invariants
//! * One process writes at a time, with a lock on `ROOT/lock` that ends with the process; readers
//!   that need the folder unchanged share the lock. An object has one writer, with a lock on its
//!   file.
//! * Files are made with `O_EXCL` and mode 0600, appended to, and never changed.
//! * Only the owner can read the folder: folders have mode 0700, and wider modes are narrowed
//!   ([`keep_private`]).
//! * After an error of a write or a sync, a file's writer refuses everything. The kernel may have
//!   dropped pages that it calls clean, so a second sync would succeed although the bytes are gone.
//!
//! # On a crash
//! The locks are gone. Files of unfinished uploads keep the length they had.

mod documents;
mod files;
mod key;
mod lock;
mod names;
mod privacy;
mod reader;
mod store;
mod writer;

pub use documents::LocalDocuments;
pub use files::LocalFiles;
pub use lock::FolderLock;
pub use privacy::{Privacy, exposure, keep_private};
pub use store::LocalStore;
