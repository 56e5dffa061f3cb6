//! Grants: CreateGrant, ListGrants, ListRetirableGrants, RetireGrant, RevokeGrant.
//!
//! * A grant works from the moment that it is made, and not any more from the moment that it ends,
//!   on every node. Its token is needed for nothing but to name it.
//! * Users and roles are kept by their ids, so that a later one of the same name is granted
//!   nothing.

mod create_grant;
mod end_grant;
mod list_grants;
mod parties;
mod token;

pub use create_grant::{MadeGrant, NewGrant};
pub use end_grant::DryRun;
pub use list_grants::{GrantFilter, NamedGrant};
pub use token::GrantToken;
