//! Principals: their current names, and how policies name them.
//!
//! * A stored policy names users, roles and sessions by ids, so that a later one of the same name
//!   is a different principal.
//! * A principal is found by its id, with its current name and path; once it is deleted it is not
//!   found.

mod find_principal;
pub mod named_principals;
mod policy_places;
