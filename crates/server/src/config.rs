//! Configuration: flags, `LONGSHORE_…` variables and a TOML file. A flag overrides a variable, and
//! a variable overrides the file.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use names::{AccountId, Region};
use operations::REMEMBER_EXPIRIES_DAYS;
use serde::Deserialize;

use crate::endpoints::MalformedPublicUrl;
pub use crate::endpoints::PublicUrl;
use crate::trusted_proxies::MalformedNetwork;
pub use crate::trusted_proxies::{Network, TrustedProxies};
pub use storage::{DatabaseUrl, KeyringSource, Objects, Rows, Storage, StorageFlags};

mod file;
mod storage;

/// Looks up an environment variable. Secrets have no flags, because other users can see a program's
/// flags.
pub type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

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
    /// Days to remember why lifecycle policies expired images, for `longshore why expired`
    /// [default: 90]
    #[arg(long, env = "LONGSHORE_REMEMBER_EXPIRIES_DAYS", value_name = "N")]
    pub remember_expiries_days: Option<u64>,
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

/// What encrypts bytes at rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// Longshore encrypts each object under its own key.
    Longshore,
    /// The storage below Longshore encrypts, or nothing does.
    Storage,
}

/// Whether clients are redirected to the object store for layers that it can serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Redirects {
    /// Redirect whenever the store has a URL for the layer.
    Auto,
    /// Send all bytes through this server.
    Never,
}

/// What the guard does with a request that the policies do not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enforcement {
    /// Refuse it.
    Enforce,
    /// Let it through, and log that it would be refused. Use this while you move clients here.
    Audit,
}

/// Format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text for people.
    Text,
    /// JSON for programs: one object per line.
    Json,
}

/// The file. An unknown key is refused: a setting without effect is worse than an error.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    objects: Option<String>,
    keyring: Option<PathBuf>,
    listen: Option<SocketAddr>,
    domain: Option<String>,
    public_url: Option<String>,
    account: Option<String>,
    region: Option<String>,
    encryption: Option<Encryption>,
    redirects: Option<Redirects>,
    tls_certificate: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    tls_self_made: Option<bool>,
    enforcement: Option<Enforcement>,
    trusted_proxies: Option<Vec<String>>,
    connections_max: Option<usize>,
    connections_per_address_max: Option<usize>,
    keep_deleted_hours: Option<u64>,
    remember_expiries_days: Option<u64>,
    read_only: Option<bool>,
    drain_delay_seconds: Option<u64>,
    drain_seconds: Option<u64>,
    idle_seconds: Option<u64>,
    oidc_ca: Option<PathBuf>,
    oidc_allow_private: Option<bool>,
    log_format: Option<LogFormat>,
    log: Option<String>,
}

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
    pub trusted_proxies: TrustedProxies,
    pub connections_max: usize,
    pub connections_per_address_max: usize,
    pub keep_deleted_hours: u64,
    pub remember_expiries_days: u64,
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

/// What is wrong with the configuration, and where.
#[derive(Debug)]
pub struct ConfigError(pub String);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Settles flags, variables (which `clap` has read), the file and the defaults.
    pub fn settle(flags: Flags, variable: Variable<'_>) -> Result<Self, ConfigError> {
        let file = flags.storage.config.as_deref().map(file::read).transpose()?.unwrap_or_default();
        let storage = Storage::settle_with(flags.storage, &file, variable)?;
        let account = match flags.account {
            Some(account) => account,
            None => parse(file.account.as_deref(), "account", "123456789012")?,
        };
        let region = match flags.region {
            Some(region) => region,
            None => parse(file.region.as_deref(), "region", "us-east-1")?,
        };
        let certificate = flags.tls_certificate.or(file.tls_certificate);
        let key = flags.tls_key.or(file.tls_key);
        let self_made = flags.tls_self_made.or(file.tls_self_made).unwrap_or(false);
        Ok(Self {
            storage,
            listen: flags
                .listen
                .or(file.listen)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 5050))),
            domain: domain(flags.domain.or(file.domain))?,
            public_url: public_url(flags.public_url.or(file.public_url))?,
            account,
            region,
            encryption: flags.encryption.or(file.encryption).unwrap_or(Encryption::Longshore),
            redirects: flags.redirects.or(file.redirects).unwrap_or(Redirects::Auto),
            tls: tls(certificate, key, self_made)?,
            enforcement: flags.enforcement.or(file.enforcement).unwrap_or(Enforcement::Enforce),
            trusted_proxies: trusted_proxies(flags.trusted_proxies, file.trusted_proxies)?,
            connections_max: at_least_one(
                "connections-max",
                flags.connections_max.or(file.connections_max).unwrap_or(4096),
            )?,
            connections_per_address_max: at_least_one(
                "connections-per-address-max",
                flags
                    .connections_per_address_max
                    .or(file.connections_per_address_max)
                    .unwrap_or(512),
            )?,
            keep_deleted_hours: flags.keep_deleted_hours.or(file.keep_deleted_hours).unwrap_or(0),
            remember_expiries_days: flags
                .remember_expiries_days
                .or(file.remember_expiries_days)
                .unwrap_or(REMEMBER_EXPIRIES_DAYS),
            read_only: flags.read_only.or(file.read_only).unwrap_or(false),
            drain_delay_seconds: flags
                .drain_delay_seconds
                .or(file.drain_delay_seconds)
                .unwrap_or(0),
            drain_seconds: flags.drain_seconds.or(file.drain_seconds).unwrap_or(30),
            idle_seconds: at_least_one(
                "idle-seconds",
                flags.idle_seconds.or(file.idle_seconds).unwrap_or(60),
            )?,
            oidc_ca: flags.oidc_ca.or(file.oidc_ca),
            oidc_allow_private: flags
                .oidc_allow_private
                .or(file.oidc_allow_private)
                .unwrap_or(false),
            log_format: flags.log_format.or(file.log_format),
            log: flags.log.or(file.log).unwrap_or_else(|| "info".to_owned()),
            root_key: root_key(variable)?,
        })
    }
}

/// The root access key that the environment chooses: both halves or none.
fn root_key(variable: Variable<'_>) -> Result<Option<(String, String)>, ConfigError> {
    let refuse = |why: &str| Err(ConfigError(why.to_owned()));
    // An empty variable is a mistake of the secret's provider. It must not make us create another
    // key.
    let id = variable("LONGSHORE_ROOT_ACCESS_KEY_ID");
    match (id, variable("LONGSHORE_ROOT_SECRET_ACCESS_KEY")) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => {
            let fits = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
            if !(16..=128).contains(&id.len()) || !fits(&id) {
                return refuse("LONGSHORE_ROOT_ACCESS_KEY_ID must be 16 to 128 letters and digits");
            }
            if !(16..=128).contains(&secret.len()) || !secret.bytes().all(|b| b.is_ascii_graphic())
            {
                return refuse(
                    "LONGSHORE_ROOT_SECRET_ACCESS_KEY must be 16 to 128 visible characters",
                );
            }
            Ok(Some((id, secret)))
        }
        _ => refuse(
            "set both LONGSHORE_ROOT_ACCESS_KEY_ID and LONGSHORE_ROOT_SECRET_ACCESS_KEY, or neither",
        ),
    }
}

fn parse<T: std::str::FromStr<Err = names::Malformed>>(
    text: Option<&str>,
    key: &str,
    default: &str,
) -> Result<T, ConfigError> {
    let text = text.unwrap_or(default);
    text.parse().map_err(|error| ConfigError(format!("{key} = {text:?} is {error}")))
}

fn at_least_one<N: PartialEq + From<u8>>(key: &str, number: N) -> Result<N, ConfigError> {
    if number == N::from(0) {
        return Err(ConfigError(format!("{key} must be at least 1")));
    }
    Ok(number)
}

fn domain(text: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(text) = text else { return Ok(None) };
    let domain = text.trim_matches('.').to_ascii_lowercase();
    let labels_fit =
        domain.split('.').all(|label| Region::parse(label).is_ok() || is_number(label));
    if labels_fit {
        Ok(Some(domain))
    } else {
        Err(ConfigError(format!("domain = {text:?} is not a domain name, such as example.com")))
    }
}

/// An empty variable is one that was not set: so orchestrators leave them.
fn public_url(text: Option<String>) -> Result<Option<PublicUrl>, ConfigError> {
    let url = text.filter(|text| !text.is_empty()).map(|text| text.parse()).transpose();
    url.map_err(|error: MalformedPublicUrl| ConfigError(format!("public-url: {error}")))
}

fn trusted_proxies(
    flag: Option<Vec<Network>>,
    file: Option<Vec<String>>,
) -> Result<TrustedProxies, ConfigError> {
    let networks = match (flag, file) {
        (Some(networks), _) => Ok(networks),
        (None, file) => file.unwrap_or_default().iter().map(|text| text.parse()).collect(),
    };
    let networks = networks
        .map_err(|error: MalformedNetwork| ConfigError(format!("trusted-proxies: {error}")))?;
    Ok(TrustedProxies::new(networks))
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
        (Some(_), Some(_), true) => Err(ConfigError(
            "tls-self-made and tls-certificate are both set: use only one".to_owned(),
        )),
        (Some(_), None, _) => {
            Err(ConfigError("tls-certificate needs tls-key: set --tls-key".to_owned()))
        }
        (None, Some(_), _) => {
            Err(ConfigError("tls-key needs tls-certificate: set --tls-certificate".to_owned()))
        }
    }
}
