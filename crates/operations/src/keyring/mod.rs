//! The root keys of the keyring, and their rotation.
//!
//! # Invariants
//! * The rows say which root key seals (`root_key`), so all nodes agree. A root key that is only in
//!   the keyring of a node seals nothing.
//! * A root key begins to seal only when every node that serves has it in its keyring.
//! * Every value that is sealed in the rows is either sealed again after a rotation
//!   (`jobs::reseal_rows`) or wraps the data key of an object. Objects are not touched: the copy of
//!   a data key in an object's header stays under the root key that it was wrapped by.
//! * So a former root key is never forgotten. Its secret is *handed down*: sealed under the one
//!   that seals, in the rows, for every process, and beside the objects, for a rebuild without
//!   rows. After that nothing needs it in the keyring, and it can be taken out.
//!
//! # Who calls
//! The door of our own service; a start, which settles what the rows say; `server::background`,
//! which reads the rows again for a node; moves and rebuilds, which learn of former root keys.
//!
//! # On a crash
//! A new root key may be in the keyring's file without being used: the next rotation uses it.
//! Everything after that is the job's, which runs again.

pub(crate) mod describe_keyring;
pub(crate) mod handed_down;
pub(crate) mod refusal;
pub(crate) mod remove_root_key;
pub(crate) mod root_keys;
pub(crate) mod rotate_root_key;
pub(crate) mod settling;
