//! Objects in a folder of a local disk.
//!
//! ```text
//! ROOT/lock             held by the one process that has the folder
//! ROOT/objects/XX/KEY   one file per object; XX are the key's first two digits
//! ```
//! # Invariants
//! * One process at a time, by a lock on `ROOT/lock` that dies with it; one writer per object, by a
//!   lock on its file.
//! * Files are made with `O_EXCL` and mode 0600, appended to, and never changed.
//! * After an error of a write or a sync, a file's writer refuses everything: the kernel may have
//!   dropped pages that it calls clean, so a second sync would say yes to bytes that are gone.
//!
//! # On a crash
//! The locks are gone. Files of unfinished uploads are as long as they got.

mod key;
mod lock;
mod reader;
mod store;
mod writer;

pub use lock::FolderLock;
pub use store::LocalStore;
