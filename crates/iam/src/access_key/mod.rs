//! Access keys of users and of accounts.
//!
//! * A secret is kept sealed under the local keyring, and is shown once, when its key is made.
//! * A key signs only while it is active, its user exists and its account is open.
//! * The recorded last use of a key may lag by a minute, and by some seconds more after a crash.

mod access_keys;
mod key_use;
mod known_key;
mod record_key_uses;

pub use access_keys::{CreatedKey, KeyHolder, KeyStatus, made_secret};
pub use known_key::KnownKey;

pub(crate) use access_keys::KEYS_MAX;
pub(crate) use key_use::KeyUses;
