//! Sockets, limits, the guard and the doors: everything between a client's bytes and a verb.
//!
//! # Invariants
//! * No verb is reachable without a caller and its IAM action: the doors' dispatchers ask the
//!   guard, and only they call verbs.
//! * Text is parsed in a door and nowhere behind it.
//! * Every limit is here: header and body sizes, idle and progress timeouts, connections.
//! * A fault is logged once, with its whole chain, and never shown to a client.
//!
//! # Who calls
//! The binary, through [`serve`], [`fsck()`], [`migrate()`], [`backup()`] and [`restore`].
//!
//! # On a crash
//! There is no state here. Running uploads are `operations`' responsibility.

mod access_log;
mod activity;
mod answers;
mod audit;
mod audit_verify;
mod authenticate;
mod background;
mod backup;
mod body;
mod cache_figures;
mod clock;
pub mod config;
mod doors;
mod endpoints;
mod entrance;
mod event_figures;
mod explain;
mod external_kms;
#[cfg(test)]
mod fault_walk;
mod first_run;
mod fsck;
#[doc(hidden)]
pub mod fuzzing;
mod guard;
mod host_name;
mod intake;
mod keyring;
mod keyring_watch;
mod listen;
mod logs;
mod long_work;
mod lost_rows;
mod metrics;
mod migrate;
mod oidc;
mod outlets;
mod pages;
mod places;
mod progress_line;
mod reached;
mod request_id;
mod router;
mod socket;
mod stall;
mod start;
mod start_error;
mod stores;
mod tasks;
mod tls;
mod trusted_proxies;

pub use audit_verify::{TrailKeys, VerifyAsked, verify_audit_trail};
pub use backup::{BackupAsked, BackupAt, RestoreAsked, backup, list_backups, restore};
pub use clock::SystemClock;
pub use first_run::{RootKey, RootKeyError, read_root_key};
pub use fsck::{FsckAsked, Rebuild, Soundness, fsck};
pub use keyring::{ExportAsked, ImportAsked, export_keyring, import_keyring};
pub use logs::start_logging;
pub use migrate::{MigrateAsked, migrate};
pub use start::serve;
pub use start_error::StartError;
pub use stores::StoresError;
pub use tls::{SELF_MADE, SELF_MADE_CERTIFICATE, TlsError};
