//! Decides whether a principal may act: gathers the policies that apply, and asks `policy`.
//!
//! # Invariants
//! * No decision uses rights that this process has changed since: a verb that changes rights ends
//!   an epoch after its commit, and everything read before that is not used any more.
//! * No row is used for longer than two seconds after it was read, because another node may have
//!   changed it.
//! * No policy text is parsed when a request is judged, unless it is new to this process.
//! * A stored policy that cannot be read denies everything, and the log names it.
//! * A principal that is gone, or whose account was closed, may do nothing.
//!
//! # Who calls
//! The guard, for every request; verbs that pass rights on.
//!
//! # On a crash
//! All state here is a cache of rows.

mod compiled;
mod decide;
mod epochs;
mod explain_access;
pub mod grant_constraint;
mod kept;
mod kept_denials;
mod key_standing;
mod rights;
mod rights_of_principal;
mod rights_of_resource;
mod secret_standing;
pub mod service_grants;
mod service_secrets;

pub use decide::{Asker, Question};
pub use epochs::Epochs;
pub use explain_access::{Explained, Supposed};
pub use kept_denials::KeptDenial;
pub use key_standing::{KeyStanding, SoughtGrant, SoughtKey, default_key_policy, is_service};
pub(crate) use rights::Rights;
pub use rights_of_resource::REGISTRY_POLICY_SCOPE;
pub use secret_standing::SecretStanding;
