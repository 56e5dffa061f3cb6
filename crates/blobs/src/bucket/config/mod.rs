//! The configuration of a bucket: its address and credentials, from a URL and variables.
//!
//! # Invariants
//! * Nothing here calls a store: a configuration that was read is well-formed, no more.
//! * An error names the variable or the part of the address that is wrong, and never repeats a
//!   secret.
//!
//! # Who calls
//! The server at its start, and tests.

mod azure;
mod bucket_config;
mod google;
mod malformed;
mod patience;
mod s3;
mod scheme;
#[cfg(test)]
mod tests;
mod variables;

pub use azure::{AzureConfig, AzureCredential};
pub use bucket_config::{BucketConfig, CloudConfig};
pub use google::{GoogleConfig, GoogleCredential};
pub use malformed::MalformedBucketConfig;
pub use patience::Patience;
pub use s3::{S3Config, ServerSideEncryption};
