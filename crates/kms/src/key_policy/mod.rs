//! Policies of keys: PutKeyPolicy, GetKeyPolicy, ListKeyPolicies.
//!
//! * A key has one policy, `default`, from its first moment.
//! * A stored policy names users and roles by their ids (`iam::named_principals`).

mod key_policies;
mod lock_out;
mod text;

pub use lock_out::LockOut;

pub(crate) use lock_out::require_way_back;
pub(crate) use text::KeyPolicyText;
