use std::path::PathBuf;

use clap::Args;
use operations::CHECK_UPSTREAM_HOURS;

use super::file::File;

/// How pull through caches reach their upstream registries.
#[derive(Debug, Clone, Default, Args)]
pub struct UpstreamFlags {
    /// Also let pull through cache rules name upstream registries at private addresses, such as
    /// those of the same cluster, and without TLS (`http://HOST:PORT`) [default: false]
    #[arg(long, env = "LONGSHORE_UPSTREAM_ALLOW_PRIVATE", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub upstream_allow_private: Option<bool>,
    /// PEM file of certificate authorities to trust for upstream registries, in addition to those
    /// that this machine trusts
    #[arg(long, env = "LONGSHORE_UPSTREAM_CA", value_name = "FILE")]
    pub upstream_ca: Option<PathBuf>,
    /// Hours after which a pull asks the upstream registry again what a cached tag names
    /// [default: 24]
    #[arg(long, env = "LONGSHORE_UPSTREAM_CHECK_HOURS", value_name = "N")]
    pub upstream_check_hours: Option<u64>,
    /// Hours for which a cached tag is served that the upstream registry does not confirm, because
    /// it is down or limits requests [default: for ever]
    #[arg(long, env = "LONGSHORE_UPSTREAM_STALE_HOURS", value_name = "N")]
    pub upstream_stale_hours: Option<u64>,
}

/// The same, settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamConfig {
    /// Whether private addresses are called, and those without TLS.
    pub allow_private: bool,
    /// Authorities to trust besides the machine's.
    pub authorities: Option<PathBuf>,
    /// After how many hours a tag is checked.
    pub check_hours: u64,
    /// For how many hours a tag is served that is not confirmed.
    pub stale_hours: Option<u64>,
}

impl UpstreamConfig {
    pub(super) fn settle(flags: UpstreamFlags, file: &File) -> Self {
        let UpstreamFlags {
            upstream_allow_private,
            upstream_ca,
            upstream_check_hours,
            upstream_stale_hours,
        } = flags;
        let check_hours = upstream_check_hours.or(file.upstream_check_hours);
        Self {
            allow_private: upstream_allow_private.or(file.upstream_allow_private).unwrap_or(false),
            authorities: upstream_ca.or_else(|| file.upstream_ca.clone()),
            check_hours: check_hours.unwrap_or(CHECK_UPSTREAM_HOURS),
            stale_hours: upstream_stale_hours.or(file.upstream_stale_hours),
        }
    }
}
