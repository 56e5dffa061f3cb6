//! The sealed object format, version 1.
//!
//! ```text
//! header    magic 8 · version 1 · suite 1 · segment size, log2 1 · 0 1 · wrapped length 2 · 0 3
//!           nonce prefix 7 · salt 32 · object key 32 · wrapped data key · check 32
//! segments  65,536 bytes of content and a tag of 16, as many as are full; then one that is not,
//!           which is the last one and may be empty
//! footer    1,024 bytes: magic 8 · nonce 12 · sealed(size, digest, description) 988 · tag 16
//! ```
//!
//! * Suite 1 is AES-256-GCM. All keys of a file are derived (HKDF-SHA-256) from its data key and
//!   the header: the salt is random, so no two files share a key even if they share a data key; the
//!   whole header is in the derivation, so a changed or foreign header derives nonsense. `check` is
//!   derived with them and commits to the data key: one file opens under one key only.
//! * A segment's nonce is prefix ‖ index (big-endian) ‖ 1 if last: order, number and end are
//!   authenticated, and any range can be read alone.
//! * Header and footer lengths are known before the content is, so the file's length follows from
//!   the content's and the other way round: a cut or extended file shows at `open`, without a read.
//! * Suite 0 is for stores that encrypt by themselves: the same layout, no tags after segments.
//!   `check` and the footer's tag are hashes, against accidents only.
//! * Small integers are little-endian.

mod cipher;
mod codec;
mod footer;
mod header;
mod layout;
mod suite;
#[cfg(test)]
mod vectors;

pub(crate) use cipher::{Place, Purpose};
pub(crate) use codec::Codec;
pub use footer::{DESCRIPTION_BYTES_MAX, Footer};
pub use header::WRAPPED_BYTES_MAX;
pub(crate) use header::{HEADER_BYTES_MAX, Header};
pub use layout::SIZE_BYTES_MAX;
pub(crate) use layout::{FOOTER_BYTES, Layout, SEGMENT_BYTES, TAG_BYTES};
pub(crate) use suite::Suite;
