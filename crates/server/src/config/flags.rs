use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use names::{AccountId, Region};

use super::choices::{Audit, Encryption, Enforcement, LogFormat, Redirects};
use super::event_targets::EventTargetFlags;
use super::storage::StorageFlags;
use super::upstreams::UpstreamFlags;
use crate::trusted_proxies::Network;

/// How the server runs. Every flag has a variable. The keys of the file are the names of the flags.
#[derive(Debug, Clone, Args)]
pub struct Flags {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its own flags say what they are")]
    pub storage: StorageFlags,
    /// Address to listen on; port 0 picks a free port [default: 127.0.0.1:5050]
    #[arg(long, env = "LONGSHORE_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Domain of registry host names: ACCOUNT.dkr.ecr.REGION.DOMAIN
    #[arg(long, env = "LONGSHORE_DOMAIN", value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// URL at which clients reach the server, such as `https://registry.example.com`. Answers name
    /// its scheme, host and port, or with --domain its scheme and port [default: the URL that the
    /// client or a trusted proxy states]
    #[arg(long, env = "LONGSHORE_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Account of the default registry [default: 123456789012]
    #[arg(long, env = "LONGSHORE_ACCOUNT", value_name = "ID")]
    pub account: Option<AccountId>,
    /// Region of the default registry [default: us-east-1]
    #[arg(long, env = "LONGSHORE_REGION", value_name = "NAME")]
    pub region: Option<Region>,
    /// What encrypts data at rest: Longshore, or the storage below it [default: longshore]
    #[arg(long, env = "LONGSHORE_ENCRYPTION", value_name = "WHO")]
    pub encryption: Option<Encryption>,
    /// Redirect clients to the object store for layers that it can serve: those that the store
    /// itself encrypts [default: auto]
    #[arg(long, env = "LONGSHORE_REDIRECTS", value_name = "WHEN")]
    pub redirects: Option<Redirects>,
    /// Certificate chain in PEM format; turns on TLS, together with --tls-key
    #[arg(long, env = "LONGSHORE_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,
    /// Private key in PEM format
    #[arg(long, env = "LONGSHORE_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Use TLS with a self-signed certificate, which the server makes and keeps in the data folder
    #[arg(long, env = "LONGSHORE_TLS_SELF_MADE", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub tls_self_made: Option<bool>,
    /// What to do with a request that the policies deny: refuse it, or let it through and log it
    /// [default: enforce]
    #[arg(long, env = "LONGSHORE_ENFORCEMENT", value_name = "HOW")]
    pub enforcement: Option<Enforcement>,
    /// Whether to record every call for `longshore audit` and CloudTrail's LookupEvents: refuse a
    /// call whose record cannot be kept, serve it nevertheless, or record no calls [default:
    /// best-effort]
    #[arg(long, env = "LONGSHORE_AUDIT", value_name = "HOW")]
    pub audit: Option<Audit>,
    /// Deliver audit records there as CloudTrail's log files and signed digest files, which
    /// `longshore audit verify` and `aws cloudtrail validate-logs` check: a folder,
    /// s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or gs://BUCKET/PREFIX, with the variables of
    /// --objects; or `off`, to end a trail
    #[arg(long, env = "LONGSHORE_AUDIT_TRAIL", value_name = "PLACE")]
    pub audit_trail: Option<String>,
    /// Name of the trail, which is in its ARN and in the names of its files [default: longshore]
    #[arg(long, env = "LONGSHORE_AUDIT_TRAIL_NAME", value_name = "NAME")]
    pub audit_trail_name: Option<String>,
    /// Minutes that a digest file of the trail covers: a number that divides 60 [default: 60]
    #[arg(long, env = "LONGSHORE_AUDIT_DIGEST_MINUTES", value_name = "N")]
    pub audit_digest_minutes: Option<u64>,
    /// Addresses and networks of trusted proxies, e.g. 10.0.0.0/8. From these the server accepts
    /// the headers X-Forwarded-For, -Proto, -Host and -Port, or Forwarded
    #[arg(long, env = "LONGSHORE_TRUSTED_PROXIES", value_delimiter = ',', value_name = "CIDR,…")]
    pub trusted_proxies: Option<Vec<Network>>,
    /// Maximum number of open connections; further ones wait [default: 4096]
    #[arg(long, env = "LONGSHORE_CONNECTIONS_MAX", value_name = "N")]
    pub connections_max: Option<usize>,
    /// Maximum number of open connections from one address; further ones are closed. Proxies in
    /// --trusted-proxies have no such limit [default: 512]
    #[arg(long, env = "LONGSHORE_CONNECTIONS_PER_ADDRESS_MAX", value_name = "N")]
    pub connections_per_address_max: Option<usize>,
    /// Hours to keep the bytes of deleted images, so that the database can be restored to an
    /// earlier moment with every object that it names; see docs/backup.md [default: 0]
    #[arg(long, env = "LONGSHORE_KEEP_DELETED_HOURS", value_name = "N")]
    pub keep_deleted_hours: Option<u64>,
    /// Days to remember why lifecycle policies expired images, for `longshore why expired`: 0 to
    /// 36500; with 0, each is forgotten by the repository's next run [default: 90]
    #[arg(long, env = "LONGSHORE_REMEMBER_EXPIRIES_DAYS", value_name = "N")]
    pub remember_expiries_days: Option<u64>,
    /// Days to remember which images tags named before, for `longshore tags`: 0 to 36500; with 0,
    /// no history is kept [default: 90]
    #[arg(long, env = "LONGSHORE_REMEMBER_TAGS_DAYS", value_name = "N")]
    pub remember_tags_days: Option<u64>,
    /// Days to keep what happened, for `longshore audit` and CloudTrail's LookupEvents: 0 to 36500;
    /// with 0, nothing is written down [default: 90]
    #[arg(long, env = "LONGSHORE_KEEP_AUDIT_DAYS", value_name = "N")]
    pub keep_audit_days: Option<u64>,
    /// Days to keep events, for `longshore events`: 0 to 36500; with 0, no event is written down or
    /// delivered [default: 7]
    #[arg(long, env = "LONGSHORE_KEEP_EVENTS_DAYS", value_name = "N")]
    pub keep_events_days: Option<u64>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its own flags say what they are")]
    pub event_targets: EventTargetFlags,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its own flags say what they are")]
    pub upstreams: UpstreamFlags,
    /// Keep images that a tag can be rolled back to from lifecycle policies, for as long as the
    /// history of the tag is remembered [default: false]
    #[arg(long, env = "LONGSHORE_SHIELD_TAG_HISTORY", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub shield_tag_history: Option<bool>,
    /// Days for which deleted and expired images can be restored with `longshore restore-image`: 0
    /// to 36500; their bytes stay as long [default: 0]
    #[arg(long, env = "LONGSHORE_UNDO_DAYS", value_name = "N")]
    pub undo_days: Option<u64>,
    /// Serve pulls and lists only: refuse every write, run no jobs and record no pull times. The
    /// data folder can be migrated at the same time
    #[arg(long, env = "LONGSHORE_READ_ONLY", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub read_only: Option<bool>,
    /// Seconds to keep serving after a stop signal while /readyz answers not ready, so that load
    /// balancers notice [default: 0]
    #[arg(long, env = "LONGSHORE_DRAIN_DELAY_SECONDS", value_name = "N")]
    pub drain_delay_seconds: Option<u64>,
    /// Seconds that running requests have to finish when the server stops [default: 30]
    #[arg(long, env = "LONGSHORE_DRAIN_SECONDS", value_name = "N")]
    pub drain_seconds: Option<u64>,
    /// Seconds without a byte after which a connection is closed [default: 60]
    #[arg(long, env = "LONGSHORE_IDLE_SECONDS", value_name = "N")]
    pub idle_seconds: Option<u64>,
    /// PEM file of certificate authorities to trust for identity providers, in addition to those
    /// that this machine trusts
    #[arg(long, env = "LONGSHORE_OIDC_CA", value_name = "FILE")]
    pub oidc_ca: Option<PathBuf>,
    /// Also fetch keys of identity providers from private addresses, such as those of the same
    /// cluster [default: false]
    #[arg(long, env = "LONGSHORE_OIDC_ALLOW_PRIVATE", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub oidc_allow_private: Option<bool>,
    /// Format of the log on standard error [default: text on a terminal, else json]
    #[arg(long, env = "LONGSHORE_LOG_FORMAT", value_name = "FORM")]
    pub log_format: Option<LogFormat>,
    /// Which messages to log, e.g. `info` or `server=debug` [default: info]
    #[arg(long, env = "LONGSHORE_LOG", value_name = "FILTER")]
    pub log: Option<String>,
}
