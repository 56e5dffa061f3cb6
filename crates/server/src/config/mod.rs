//! Configuration: flags, `LONGSHORE_…` variables and a TOML file. A flag overrides a variable, and
//! a variable overrides the file.

mod archive_storage;
mod audit_trail;
mod choices;
mod error;
mod event_targets;
mod external_kms;
mod file;
mod flags;
mod settled;
mod storage;
mod upstreams;
mod variable;

pub use archive_storage::ArchiveStorage;
pub use audit_trail::{AuditPlace, AuditTrail};
pub use choices::{Audit, Encryption, Enforcement, LogFormat, Redirects};
pub use error::ConfigError;
pub use event_targets::{EventTarget, EventTargetFlags, EventTargetKind, EventTargets};
pub use external_kms::{ExternalKms, ExternalKmsFlags, KmsCredentials, KmsEndpoint};
pub use flags::Flags;
pub use settled::{Config, Tls};
pub use storage::{DatabaseUrl, KeyringSource, Objects, Rows, Storage, StorageFlags};
pub use upstreams::{UpstreamConfig, UpstreamFlags};
pub use variable::Variable;

pub use crate::endpoints::PublicUrl;
pub use crate::trusted_proxies::{Network, TrustedProxies};
