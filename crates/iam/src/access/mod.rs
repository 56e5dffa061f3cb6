//! Who may do what: gathers the policies that have a say, and asks `policy`.
//!
//! # Invariants
//! * Nothing is decided from rights that changed in this process: a verb that changes rows that rights are made of
//!   bumps an epoch after its commit, and what was read before that is not used any more.
//! * Nothing read is used for longer than two seconds: another node may have changed rows.
//! * No policy text is parsed when a request is judged, unless it was never seen before.
//! * A stored policy that cannot be read denies everything, and the log says which.
//! * A principal that is gone, or whose account was closed, may do nothing.
//!
//! # Who calls
//! The guard, for every request; verbs that pass rights on.
//!
//! # On a crash
//! There is no state here that is not in rows.

mod compiled;
mod decide;
mod epochs;
mod explain_access;
mod kept;
mod kept_denials;
mod rights;
mod rights_of_principal;
mod rights_of_resource;

pub use decide::{Asker, Question};
pub use epochs::Epochs;
pub use explain_access::{Explained, Supposed};
pub use kept_denials::KeptDenial;
pub(crate) use rights::Rights;
pub use rights_of_resource::REGISTRY_POLICY_SCOPE;
