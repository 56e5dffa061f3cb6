//! ECR: one folder, one noun; one file, one operation.
//!
//! * Every operation is about one repository or one registry, whose ARN the guard judges.

pub(super) mod image;
pub(super) mod layer;
pub(super) mod lifecycle;
pub(super) mod policy;
pub(super) mod registry;
pub(super) mod repository;
pub(super) mod scanning;
pub(super) mod tag;

pub(super) use repository::{allowed_key, require_leave};

pub(super) mod digests;
pub(super) mod written;
