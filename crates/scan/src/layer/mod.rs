//! One pass over a layer: its bytes come in once, as a stream, and its facts come out.
//!
//! # Invariants
//! * Nothing is written anywhere: a path is a key, never a place.
//! * Memory is that of one file of at most `file_bytes_max`, and of the facts.
//! * What could not be read is in [`LayerFacts::unread`], part by part, and the rest goes on. Only
//!   a stream that fails to deliver is an error.
//!
//! # Who calls
//! `operations`, with a blob that it opened; it keeps the facts by the digest of the layer.
//!
//! # On a crash
//! Nothing is left: there is no state. The layer is read again.

mod decompress;
mod facts;
mod meter;
mod path;
mod read;
mod tar;
mod unread;

pub use facts::{FileFacts, LayerFacts, READERS, Removal};
pub use path::LayerPath;
pub use read::read_layer;
pub use unread::{Part, Unread, Why};
