//! Sign, Verify, GetPublicKey.
//!
//! * A digest is signed as it is: it is not hashed again.

mod algorithms;
mod get_public_key;
mod sign;

pub use sign::Message;
