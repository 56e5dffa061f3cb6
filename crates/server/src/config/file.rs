//! Reads the configuration file that `--config` names.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::{ConfigError, File};

#[expect(clippy::disallowed_methods, reason = "the file that the configuration names")]
pub(super) fn read(path: &Path) -> Result<File, ConfigError> {
    let explain = |why: String| ConfigError(format!("{}: {why}", path.display()));
    let bytes = std::fs::read(path)
        .map_err(|error| explain(format!("cannot read the file that --config names: {error}")))?;
    let text =
        String::from_utf8(bytes).map_err(|_| explain("the file is not UTF-8 text".to_owned()))?;
    let file: File = toml::from_str(&text).map_err(|error| explain(error.to_string()))?;
    let metadata = std::fs::metadata(path).map_err(|error| explain(error.to_string()))?;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o007 != 0 && file.database.as_deref().is_some_and(holds_password) {
        return Err(explain(format!(
            "the file contains the database password and is readable by others (mode {mode:04o}); run `chmod 600 {}`, or set LONGSHORE_DATABASE instead",
            path.display()
        )));
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
                assert!(refused.0.contains("run `chmod 600 "), "{refused}");
                assert!(!refused.0.contains("hush"), "{refused}");
            }
        }
    }
}
