//! The keys of repositories: the registry's own, or a KMS key that its owner controls.
//!
//! # Invariants
//! * Bytes of a repository are read and written only while the repository may use its key, whether
//!   or not they are in a cache, and while they are on their way: a disabled key ends a transfer.
//! * What is asked of the key service is kept for a moment (`keys::customer_keys`), so that a
//!   request on a warm path asks nothing.
//! * A repository under the registry's own key asks nothing at all.
//! * An object is shared only by repositories under the same key, each of which needs its own right
//!   to the layer and its own grants on the key.

pub(crate) mod key_hints;
pub(crate) mod refusal;
pub(crate) mod usable;
