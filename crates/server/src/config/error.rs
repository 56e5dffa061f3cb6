use std::io;
use std::path::PathBuf;

use blobs::MalformedBucketConfig;
use keys::KeyError;
use names::Malformed;
use tracing_subscriber::filter::ParseError;

use crate::endpoints::MalformedPublicUrl;
use crate::trusted_proxies::MalformedNetwork;

/// What is wrong with the configuration, and where.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say what each case is, and what its fields are")]
pub enum ConfigError {
    #[error("{}: cannot read the file that --config names: {why}", path.display())]
    Unread { path: PathBuf, why: io::Error },
    #[error("{}: the file is not UTF-8 text", path.display())]
    NotText { path: PathBuf },
    #[error("{}: {why}", path.display())]
    Malformed { path: PathBuf, why: toml::de::Error },
    #[error("{}: {why}", path.display())]
    NoMode { path: PathBuf, why: io::Error },
    #[error(
        "{0}: the file contains the database password and is readable by others (mode {mode:04o}); run `chmod 600 {0}`, or set LONGSHORE_DATABASE instead",
        path.display()
    )]
    ReadableByOthers { path: PathBuf, mode: u32 },

    #[error("{key} = {text:?} is {why}")]
    Value { key: &'static str, text: String, why: Malformed },
    #[error("{key} must be at least 1")]
    Zero { key: &'static str },
    #[error("{key} must be at most {most}")]
    TooLarge { key: &'static str, most: u64 },
    #[error("domain = {text:?} is not a domain name, such as example.com")]
    Domain { text: String },
    #[error("public-url: {0}")]
    PublicUrl(MalformedPublicUrl),
    #[error("trusted-proxies: {0}")]
    TrustedProxies(MalformedNetwork),
    #[error("log = {filter:?} is not a filter: {why}")]
    Log { filter: String, why: ParseError },

    #[error("audit = \"required\" keeps no records with {with}: change one of them")]
    AuditWithoutRecords { with: &'static str },

    #[error("audit-trail has no records to deliver with keep-audit-days = 0: change one of them")]
    AuditTrailWithoutRecords,
    #[error(
        "audit-trail-name = {text:?} is not the name of a trail: 3 to 128 letters, digits, '-', '_' and '.', with a letter or digit at both ends"
    )]
    AuditTrailName { text: String },
    #[error("audit-digest-minutes must be a number that divides 60, such as 5, 15 or 60")]
    AuditDigestMinutes,
    #[error("audit-trail: {0}")]
    AuditTrail(MalformedBucketConfig),
    #[error(
        "audit-trail: the prefix {text:?} may have letters, digits, '-', '_', '.' and '/' only"
    )]
    AuditTrailPrefix { text: String },
    #[error("audit-trail is in the data folder: name another folder")]
    AuditTrailInData,

    #[error("tls-self-made and tls-certificate are both set: use only one")]
    TwoCertificates,
    #[error("tls-certificate needs tls-key: set --tls-key")]
    NoTlsKey,
    #[error("tls-key needs tls-certificate: set --tls-certificate")]
    NoTlsCertificate,

    #[error(
        "LONGSHORE_KEYRING_PASSPHRASE and --keyring-passphrase-file are both set: use only one"
    )]
    TwoPassphrases,
    #[error(transparent)]
    PassphraseFile(KeyError),
    #[error("a passphrase for the keyring and --keyring-kms-key are both set: use only one")]
    TwoSeals,
    #[error("keyring-kms-key: {text:?} is {why}")]
    KeyringKmsKey { text: String, why: &'static str },

    #[error("event-target: {name:?} is {why}")]
    EventTarget { name: String, why: &'static str },

    #[error("external-kms: {text:?} is {why}")]
    ExternalKms { text: String, why: &'static str },
    #[error("set both {prefix}_ACCESS_KEY_ID and {prefix}_SECRET_ACCESS_KEY, or neither")]
    HalfExternalKmsKey { prefix: &'static str },
    #[error(
        "external-kms needs credentials: set LONGSHORE_EXTERNAL_KMS_ACCESS_KEY_ID and LONGSHORE_EXTERNAL_KMS_SECRET_ACCESS_KEY, or name a file with --external-kms-credentials"
    )]
    NoExternalKmsCredentials,

    #[error("LONGSHORE_ROOT_ACCESS_KEY_ID must be 16 to 128 letters and digits")]
    RootKeyId,
    #[error("LONGSHORE_ROOT_SECRET_ACCESS_KEY must be 16 to 128 visible characters")]
    RootKeySecret,
    #[error(
        "set both LONGSHORE_ROOT_ACCESS_KEY_ID and LONGSHORE_ROOT_SECRET_ACCESS_KEY, or neither"
    )]
    HalfRootKey,

    /// The URL may contain a password, so it is not repeated.
    #[error(
        "database is not a PostgreSQL URL, such as postgres://longshore@db.example.com/longshore"
    )]
    Database,
    #[error("objects: {0}")]
    Objects(MalformedBucketConfig),
    #[error("archive-storage: {0}")]
    ArchiveStorage(MalformedBucketConfig),
    #[error(
        "archive-storage is where all layers are: name another folder, another bucket, or another prefix of the bucket"
    )]
    ArchiveNotApart,
    #[error("keyring and LONGSHORE_KEYRING_SECRET are both set: use only one")]
    TwoKeyrings,
    #[error(
        "database needs a keyring that is the same on every node: set LONGSHORE_KEYRING_SECRET \
         (run `openssl rand -hex 32` once to make one, and keep a safe copy), \
         or name the keyring's file with --keyring"
    )]
    NoSharedKeyring,

    #[error("backups: {0}")]
    Backups(MalformedBucketConfig),
    #[error(
        "no place for backups: name a folder, s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or gs://BUCKET/PREFIX"
    )]
    NoBackups,
}
