//! The configuration file that `--config` names.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::choices::{Audit, Encryption, Enforcement, LogFormat, Redirects};
use super::error::ConfigError;

/// The file. An unknown key is refused: a setting without effect is worse than an error.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) data: Option<PathBuf>,
    pub(super) database: Option<String>,
    pub(super) objects: Option<String>,
    pub(super) archive_storage: Option<String>,
    pub(super) keyring: Option<PathBuf>,
    #[serde(rename = "keyring-passphrase-file")]
    pub(super) keyring_passphrase: Option<PathBuf>,
    pub(super) external_kms: Option<Vec<String>>,
    pub(super) external_kms_credentials: Option<PathBuf>,
    pub(super) external_kms_ca: Option<PathBuf>,
    pub(super) keyring_kms_key: Option<String>,
    pub(super) listen: Option<SocketAddr>,
    pub(super) domain: Option<String>,
    pub(super) public_url: Option<String>,
    pub(super) account: Option<String>,
    pub(super) region: Option<String>,
    pub(super) encryption: Option<Encryption>,
    pub(super) redirects: Option<Redirects>,
    pub(super) tls_certificate: Option<PathBuf>,
    pub(super) tls_key: Option<PathBuf>,
    pub(super) tls_self_made: Option<bool>,
    pub(super) enforcement: Option<Enforcement>,
    pub(super) audit: Option<Audit>,
    pub(super) audit_trail: Option<String>,
    pub(super) audit_trail_name: Option<String>,
    pub(super) audit_digest_minutes: Option<u64>,
    pub(super) trusted_proxies: Option<Vec<String>>,
    pub(super) connections_max: Option<usize>,
    pub(super) connections_per_address_max: Option<usize>,
    pub(super) keep_deleted_hours: Option<u64>,
    pub(super) remember_expiries_days: Option<u64>,
    pub(super) remember_tags_days: Option<u64>,
    pub(super) keep_audit_days: Option<u64>,
    pub(super) keep_events_days: Option<u64>,
    pub(super) event_target: Option<Vec<String>>,
    pub(super) all_events_to: Option<Vec<String>>,
    pub(super) event_secrets: Option<PathBuf>,
    pub(super) event_credentials: Option<PathBuf>,
    pub(super) event_ca: Option<PathBuf>,
    pub(super) upstream_allow_private: Option<bool>,
    pub(super) upstream_ca: Option<PathBuf>,
    pub(super) upstream_check_hours: Option<u64>,
    pub(super) upstream_stale_hours: Option<u64>,
    pub(super) shield_tag_history: Option<bool>,
    pub(super) undo_days: Option<u64>,
    pub(super) read_only: Option<bool>,
    pub(super) drain_delay_seconds: Option<u64>,
    pub(super) drain_seconds: Option<u64>,
    pub(super) idle_seconds: Option<u64>,
    pub(super) oidc_ca: Option<PathBuf>,
    pub(super) oidc_allow_private: Option<bool>,
    pub(super) log_format: Option<LogFormat>,
    pub(super) log: Option<String>,
}

/// Reads the file. One with a password must be closed to others.
#[expect(clippy::disallowed_methods, reason = "the file that the configuration names")]
pub(super) fn read(path: &Path) -> Result<File, ConfigError> {
    let path = || path.to_owned();
    let bytes = std::fs::read(path()).map_err(|why| ConfigError::Unread { path: path(), why })?;
    let text = String::from_utf8(bytes).map_err(|_| ConfigError::NotText { path: path() })?;
    let file: File =
        toml::from_str(&text).map_err(|why| ConfigError::Malformed { path: path(), why })?;
    let metadata = std::fs::metadata(path());
    let metadata = metadata.map_err(|why| ConfigError::NoMode { path: path(), why })?;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o007 != 0 && file.database.as_deref().is_some_and(holds_password) {
        return Err(ConfigError::ReadableByOthers { path: path(), mode });
    }
    Ok(file)
}

/// Whether the URL of a database contains a password.
fn holds_password(url: &str) -> bool {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let in_user = authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
    let (_, query) = rest.split_once('?').unwrap_or_default();
    in_user || query.split('&').any(|part| part.starts_with("password="))
}

#[cfg(test)]
mod tests {
    use std::fs::{Permissions, set_permissions};

    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test writes what an operator would")]
    fn a_password_that_others_can_read_is_refused_with_the_command_that_mends_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("longshore.toml");
        #[rustfmt::skip]
        let cases = [
            ("postgres://u:hush@db/rows",           0o644, false),
            ("postgres://u:hush@db/rows",           0o640, true),
            ("postgres://u:hush@db/rows",           0o600, true),
            ("postgres://db/rows?password=hush",    0o604, false),
            ("postgres://u@db:5432/rows",           0o644, true),
            ("postgres://u@db/rows?sslmode=prefer", 0o644, true),
        ];
        for (url, mode, is_fine) in cases {
            std::fs::write(&path, format!("database = \"{url}\"\n")).unwrap();
            set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            let file = read(&path);
            assert_eq!(file.is_ok(), is_fine, "{url} {mode:04o}");
            if let Err(refused) = file {
                let is_mode = matches!(refused, ConfigError::ReadableByOthers { .. });
                assert!(is_mode && refused.to_string().contains("run `chmod 600 "), "{refused}");
                assert!(!refused.to_string().contains("hush"), "{refused}");
            }
        }
    }
}
