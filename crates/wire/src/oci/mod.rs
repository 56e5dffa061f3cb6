//! The documents of the OCI specifications: manifests, configurations, lists, error bodies, chunk
//! ranges.

mod config;
mod content_range;
mod error_body;
mod lists;
pub mod manifest;

pub use config::instructions;
pub use content_range::ContentRange;
pub use error_body::{ErrorCode, error_body, error_body_of_request};
pub use lists::{Descriptor as ReferrerDescriptor, ReferrersIndex, RepositoryList, TagList};
pub use manifest::{Content, Descriptor, Manifest, ManifestRefusal};
