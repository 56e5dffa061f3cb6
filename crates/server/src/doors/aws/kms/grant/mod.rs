//! Grants.
//!
//! * A grant that is to be ended lets in those whom it names for that.

mod create_grant;
mod grant_of;
mod list_grants;
mod list_retirable_grants;
mod retire_grant;
mod revoke_grant;

pub(in crate::doors::aws) use create_grant::CreateGrant;
pub(in crate::doors::aws) use list_grants::ListGrants;
pub(in crate::doors::aws) use list_retirable_grants::ListRetirableGrants;
pub(in crate::doors::aws) use retire_grant::RetireGrant;
pub(in crate::doors::aws) use revoke_grant::RevokeGrant;
