//! KMS: one folder, one noun; one file, one operation.
//!
//! * What a call is about is a key ([`on_key::OnKey`]). It is looked up before the guard is asked,
//!   with its policy and the grants that the request satisfies, so that the guard judges the key
//!   itself, however the caller names it. A call about a key that is not there is judged as if the
//!   key had the policy that keys get by themselves.
//! * A call about two keys, or about an alias and a key, asks the guard about the first like any
//!   other call, and about the second before its verb runs.

pub(super) mod alias;
pub(super) mod cryptography;
pub(super) mod grant;
pub(super) mod key;
pub(super) mod policy;
pub(super) mod rotation;
pub(super) mod signing;
pub(super) mod tag;

mod done;
mod lists;
pub(super) mod on_key;
mod read;
mod written;
