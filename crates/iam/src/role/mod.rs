//! Roles, their trust policies, and the instance profiles that hold them.
//!
//! * A trust policy names users and roles by their ids, and is shown with their ARNs.
//! * A role that still has policies or instance profiles cannot be deleted. Its sessions
//!   end with the role.
//! * An instance profile holds one role at most.

mod instance_profile;
mod roles;
mod trust_policy;

pub use instance_profile::DescribedInstanceProfile;
pub use roles::{DescribedRole, NewRole, SESSION_SECONDS_DEFAULT};

pub(crate) use instance_profile::{described as described_profile, require_profile};
pub(crate) use roles::{described as described_role, require_role};
