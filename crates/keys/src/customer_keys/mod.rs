//! Data keys under KMS keys.
//!
//! # Invariants
//! * Nothing is opened for a repository unless the service says, now or a moment ago, that the
//!   repository may use its key. What the service said is forgotten when its epoch ends, which any
//!   change in the same process does at once, and after the time that the service allows: a second
//!   and a half for our own KMS, so that a change on another node takes effect within two seconds.
//! * A data key in memory is used only after that question. When the answer is no, the data keys
//!   under that KMS key are wiped.
//! * A wrapped key names its KMS key, and the repository and object that it was made for. Another
//!   repository may open it if both have the same KMS key: they share the object.
//!
//! # Who calls
//! `operations`. The server hands in the service: `kms` is one.
//!
//! # On a crash
//! There is nothing but memory here.

mod context;
mod custody;
mod data_keys;
mod fault;
mod none;
mod service;
pub mod testing;
mod watch;
mod wrapped;

pub use context::KeyContext;
pub use custody::CustomerKeys;
pub use fault::KeyFault;
pub use none::NoKeyService;
pub use service::KeyService;
pub use watch::KeyWatch;
pub use wrapped::CustomerWrapped;
