//! Objects in a folder of a local disk.
//!
//! ```text
//! ROOT/lock             held by the one process that writes to the folder, or by those that read it alone
//! ROOT/objects/XX/KEY   one file per object; XX are the key's first two digits
//! ROOT/KIND/NAME        a document, in a folder of backups
//! ```
//! # Invariants
//! * One process writes at a time, by a lock on `ROOT/lock` that dies with it; readers that want nobody to write meanwhile
//!   share the lock. One writer per object, by a lock on its file.
//! * Files are made with `O_EXCL` and mode 0600, appended to, and never changed.
//! * What is here is its owner's alone: folders have mode 0700; what was wider is narrowed ([`keep_private`]).
//! * After an error of a write or a sync, a file's writer refuses everything: the kernel may have
//!   dropped pages that it calls clean, so a second sync would say yes to bytes that are gone.
//!
//! # On a crash
//! The locks are gone. Files of unfinished uploads are as long as they got.

mod documents;
mod key;
mod lock;
mod privacy;
mod reader;
mod store;
mod writer;

pub use documents::LocalDocuments;
pub use lock::FolderLock;
pub use privacy::{Privacy, exposure, keep_private};
pub use store::LocalStore;
