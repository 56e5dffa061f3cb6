//! ECR: one folder, one noun; one file, one operation.
//!
//! * Every operation is about one repository or one registry, whose ARN the guard judges.

pub(super) mod image;
pub(super) mod layer;
pub(super) mod lifecycle;
pub(super) mod policy;
pub(super) mod pull_through;
pub(super) mod registry;
pub(super) mod repository;
pub(super) mod scanning;
pub(super) mod tag;
pub(super) mod template;

pub(super) use repository::{allowed_key, require_leave};
pub(in crate::doors) use template::{NotCreated, Push, create_for_cache, create_on_push};

pub(super) mod digests;
pub(super) mod written;
