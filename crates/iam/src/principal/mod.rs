//! Principals: who they are today, and how policies name them.
//!
//! * A policy that is kept names users, roles and sessions by ids, so that a later one of the same name is somebody else.
//! * A principal is found by its id with the name and path of today, and not at all once it is gone.

mod find_principal;
pub mod named_principals;
mod policy_places;
