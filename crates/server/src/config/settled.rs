//! The settled configuration: every choice made, every value checked.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use names::{AccountId, Region};
use operations::{KEEP_AUDIT_DAYS, KEEP_EVENTS_DAYS, REMEMBER_EXPIRIES_DAYS, REMEMBER_TAGS_DAYS};

use super::audit_trail::{AuditTrail, AuditTrailWords};
use super::choices::{Audit, Encryption, Enforcement, LogFormat, Redirects};
use super::error::ConfigError;
use super::event_targets::EventTargets;
use super::file;
use super::flags::Flags;
use super::storage::Storage;
use super::upstreams::UpstreamConfig;
use super::variable::Variable;
use crate::endpoints::PublicUrl;
use crate::trusted_proxies::{Network, TrustedProxies};

/// Configuration, settled.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the flags above say what each is")]
pub struct Config {
    pub storage: Storage,
    pub listen: SocketAddr,
    pub domain: Option<String>,
    pub public_url: Option<PublicUrl>,
    pub account: AccountId,
    pub region: Region,
    pub encryption: Encryption,
    pub redirects: Redirects,
    pub tls: Tls,
    pub enforcement: Enforcement,
    pub audit: Audit,
    pub audit_trail: AuditTrail,
    pub trusted_proxies: TrustedProxies,
    pub connections_max: usize,
    pub connections_per_address_max: usize,
    pub keep_deleted_hours: u64,
    pub remember_expiries_days: u64,
    pub remember_tags_days: u64,
    pub keep_audit_days: u64,
    pub keep_events_days: u64,
    pub event_targets: EventTargets,
    pub upstreams: UpstreamConfig,
    pub shield_tag_history: bool,
    pub undo_days: u64,
    pub read_only: bool,
    pub drain_delay_seconds: u64,
    pub drain_seconds: u64,
    pub idle_seconds: u64,
    pub oidc_ca: Option<PathBuf>,
    pub oidc_allow_private: bool,
    pub log_format: Option<LogFormat>,
    pub log: String,
    /// The root access key in the environment.
    pub root_key: Option<(String, String)>,
}

/// Whether the server uses TLS, and with which certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// No TLS.
    Off,
    /// With the certificate in these files.
    Files {
        /// The chain.
        certificate: PathBuf,
        /// The key.
        key: PathBuf,
    },
    /// With a self-signed certificate that we make.
    SelfMade,
}

/// Only this machine, unless it is told otherwise.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 5050);

/// A hundred years: more is a mistake.
const REMEMBER_DAYS_MAX: u64 = 36_500;

impl Config {
    /// Settles flags, variables (which `clap` has read), the file and the defaults.
    pub fn settle(flags: Flags, variable: Variable<'_>) -> Result<Self, ConfigError> {
        let file = flags.storage.config.as_deref().map(file::read).transpose()?.unwrap_or_default();
        let trail = trail(&flags, &file);
        let storage = Storage::settle_with(flags.storage, &file, variable)?;
        let event_targets = EventTargets::settle(flags.event_targets, &file)?;
        let upstreams = UpstreamConfig::settle(flags.upstreams, &file);
        let (account, region) = (file.account.as_deref(), file.region.as_deref());
        let account = given_or(flags.account, account, "account", "123456789012")?;
        let region = given_or(flags.region, region, "region", "us-east-1")?;
        let (tls_certificate, tls_key) =
            (flags.tls_certificate.or(file.tls_certificate), flags.tls_key.or(file.tls_key));
        let self_made = either(flags.tls_self_made, file.tls_self_made, false);
        let connections_max = either(flags.connections_max, file.connections_max, 4096);
        let per_address_max =
            either(flags.connections_per_address_max, file.connections_per_address_max, 512);
        let audit_days = flags.keep_audit_days.or(file.keep_audit_days);
        let expiries = flags.remember_expiries_days.or(file.remember_expiries_days);
        let remember_expiries_days =
            days("remember-expiries-days", expiries, REMEMBER_EXPIRIES_DAYS)?;
        let tags_days = flags.remember_tags_days.or(file.remember_tags_days);
        let keep_audit_days = days("keep-audit-days", audit_days, KEEP_AUDIT_DAYS)?;
        let read_only = either(flags.read_only, file.read_only, false);
        let audit_trail = AuditTrail::settle(trail, (keep_audit_days, &storage.data), variable)?;
        Ok(Self {
            storage,
            listen: either(flags.listen, file.listen, LISTEN),
            domain: domain(flags.domain.or(file.domain))?,
            public_url: public_url(flags.public_url.or(file.public_url))?,
            account,
            region,
            encryption: either(flags.encryption, file.encryption, Encryption::Longshore),
            redirects: either(flags.redirects, file.redirects, Redirects::Auto),
            tls: tls(tls_certificate, tls_key, self_made)?,
            enforcement: either(flags.enforcement, file.enforcement, Enforcement::Enforce),
            audit_trail,
            audit: audit(flags.audit.or(file.audit), keep_audit_days, read_only)?,
            trusted_proxies: trusted_proxies(flags.trusted_proxies, file.trusted_proxies)?,
            connections_max: at_least_one("connections-max", connections_max)?,
            connections_per_address_max: at_least_one(
                "connections-per-address-max",
                per_address_max,
            )?,
            keep_deleted_hours: either(flags.keep_deleted_hours, file.keep_deleted_hours, 0),
            remember_expiries_days,
            remember_tags_days: days("remember-tags-days", tags_days, REMEMBER_TAGS_DAYS)?,
            keep_audit_days,
            keep_events_days: events_days(flags.keep_events_days, file.keep_events_days)?,
            event_targets,
            upstreams,
            shield_tag_history: either(flags.shield_tag_history, file.shield_tag_history, false),
            undo_days: days("undo-days", flags.undo_days.or(file.undo_days), 0)?,
            read_only,
            drain_delay_seconds: either(flags.drain_delay_seconds, file.drain_delay_seconds, 0),
            drain_seconds: either(flags.drain_seconds, file.drain_seconds, 30),
            idle_seconds: idle_seconds(flags.idle_seconds, file.idle_seconds)?,
            oidc_ca: flags.oidc_ca.or(file.oidc_ca),
            oidc_allow_private: either(flags.oidc_allow_private, file.oidc_allow_private, false),
            log_format: flags.log_format.or(file.log_format),
            log: either(flags.log, file.log, "info".to_owned()),
            root_key: root_key(variable)?,
        })
    }
}

/// The flag or variable, else the file, else the default.
fn either<T>(flag: Option<T>, file: Option<T>, default: T) -> T {
    flag.or(file).unwrap_or(default)
}

/// A server that must record calls must be able to.
fn audit(chosen: Option<Audit>, keep_days: u64, read_only: bool) -> Result<Audit, ConfigError> {
    let mode = chosen.unwrap_or(Audit::BestEffort);
    let with = match mode {
        Audit::Required if keep_days == 0 => "keep-audit-days = 0",
        Audit::Required if read_only => "read-only = true",
        Audit::Required | Audit::BestEffort | Audit::Off => return Ok(mode),
    };
    Err(ConfigError::AuditWithoutRecords { with })
}

/// The root access key that the environment chooses: both halves or none.
fn root_key(variable: Variable<'_>) -> Result<Option<(String, String)>, ConfigError> {
    // An empty variable is a mistake of the secret's provider. It must not make us create another
    // key.
    let id = variable("LONGSHORE_ROOT_ACCESS_KEY_ID");
    match (id, variable("LONGSHORE_ROOT_SECRET_ACCESS_KEY")) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => {
            let fits = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
            if !(16..=128).contains(&id.len()) || !fits(&id) {
                return Err(ConfigError::RootKeyId);
            }
            if !(16..=128).contains(&secret.len()) || !secret.bytes().all(|b| b.is_ascii_graphic())
            {
                return Err(ConfigError::RootKeySecret);
            }
            Ok(Some((id, secret)))
        }
        _ => Err(ConfigError::HalfRootKey),
    }
}

fn parse<T: std::str::FromStr<Err = names::Malformed>>(
    text: Option<&str>,
    key: &'static str,
    default: &str,
) -> Result<T, ConfigError> {
    let text = text.unwrap_or(default);
    text.parse().map_err(|why| ConfigError::Value { key, text: text.to_owned(), why })
}

/// What is said about the trail.
fn trail(flags: &Flags, file: &file::File) -> AuditTrailWords {
    AuditTrailWords {
        place: flags.audit_trail.clone().or_else(|| file.audit_trail.clone()),
        name: flags.audit_trail_name.clone().or_else(|| file.audit_trail_name.clone()),
        digest_minutes: flags.audit_digest_minutes.or(file.audit_digest_minutes),
    }
}

/// The flag or variable, else what the file says.
fn given_or<T: std::str::FromStr<Err = names::Malformed>>(
    flag: Option<T>,
    text: Option<&str>,
    key: &'static str,
    default: &str,
) -> Result<T, ConfigError> {
    flag.map_or_else(|| parse(text, key, default), Ok)
}

fn idle_seconds(flag: Option<u64>, file: Option<u64>) -> Result<u64, ConfigError> {
    at_least_one("idle-seconds", either(flag, file, 60))
}

fn events_days(flag: Option<u64>, file: Option<u64>) -> Result<u64, ConfigError> {
    days("keep-events-days", flag.or(file), KEEP_EVENTS_DAYS)
}

fn days(key: &'static str, set: Option<u64>, default: u64) -> Result<u64, ConfigError> {
    let (days, most) = (set.unwrap_or(default), REMEMBER_DAYS_MAX);
    if days > most {
        return Err(ConfigError::TooLarge { key, most });
    }
    Ok(days)
}

fn at_least_one<N: PartialEq + From<u8>>(key: &'static str, number: N) -> Result<N, ConfigError> {
    if number == N::from(0) {
        return Err(ConfigError::Zero { key });
    }
    Ok(number)
}

fn domain(text: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(text) = text else { return Ok(None) };
    let domain = text.trim_matches('.').to_ascii_lowercase();
    let labels_fit =
        domain.split('.').all(|label| Region::parse(label).is_ok() || is_number(label));
    if labels_fit { Ok(Some(domain)) } else { Err(ConfigError::Domain { text }) }
}

/// An empty variable is one that was not set: so orchestrators leave them.
fn public_url(text: Option<String>) -> Result<Option<PublicUrl>, ConfigError> {
    let url = text.filter(|text| !text.is_empty()).map(|text| text.parse()).transpose();
    url.map_err(ConfigError::PublicUrl)
}

fn trusted_proxies(
    flag: Option<Vec<Network>>,
    file: Option<Vec<String>>,
) -> Result<TrustedProxies, ConfigError> {
    let networks = match (flag, file) {
        (Some(networks), _) => Ok(networks),
        (None, file) => file.unwrap_or_default().iter().map(|text| text.parse()).collect(),
    };
    networks.map(TrustedProxies::new).map_err(ConfigError::TrustedProxies)
}

fn is_number(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn tls(
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    self_made: bool,
) -> Result<Tls, ConfigError> {
    match (certificate, key, self_made) {
        (None, None, false) => Ok(Tls::Off),
        (None, None, true) => Ok(Tls::SelfMade),
        (Some(certificate), Some(key), false) => Ok(Tls::Files { certificate, key }),
        (Some(_), Some(_), true) => Err(ConfigError::TwoCertificates),
        (Some(_), None, _) => Err(ConfigError::NoTlsKey),
        (None, Some(_), _) => Err(ConfigError::NoTlsCertificate),
    }
}
