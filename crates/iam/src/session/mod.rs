//! Temporary credentials: which principals may have them, and their limits. `identity` seals them.
//!
//! * A session has no more rights than its principal, and none beyond the policies passed to it.
//! * A role that does not exist is answered like one that trusts no principal.
//! * Only these verbs decide by themselves, because the guard does not know a role's trust policy.

mod assume_role;
mod assume_role_for_service;
mod assume_role_with_web_identity;
mod duration;
mod get_access_key_info;
mod get_federation_token;
mod get_scoped_credentials;
mod get_session_token;
mod role_denied;
mod session_limits;
mod trust;

pub use assume_role::{AssumeRole, WantedRole};
pub use assume_role_with_web_identity::{AssumeRoleWithWebIdentity, KnownElsewhere};
pub use duration::Grant;
pub use get_federation_token::FederationToken;
pub use get_scoped_credentials::ScopedCredentials;
pub use role_denied::RoleDenied;
pub use session_limits::SessionLimits;
