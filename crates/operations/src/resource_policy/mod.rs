//! Policies of repositories and of registries: who else may do what with them.
//!
//! What is always true: a policy names principals by their unique ids once it is kept, so that another who gets a name later
//! gets none of its rights.

pub(crate) mod document;
pub(crate) mod registry_policy;
pub(crate) mod repository_policy;
