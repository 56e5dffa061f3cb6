//! Policies of repositories and of registries: what other principals may do with them.
//!
//! A stored policy names principals by their unique ids, so that a later principal of the same name
//! gets none of the rights.

pub(crate) mod document;
pub(crate) mod refusal;
pub(crate) mod registry_policy;
pub(crate) mod repository_policy;
