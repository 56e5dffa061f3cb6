use std::path::PathBuf;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;

use super::tls::{Tls, Trust};
use super::wrong::wrong;
use crate::DbError;

/// Where the database is, how to connect safely, and how long to try.
#[derive(Clone)]
pub(in crate::engine) struct Address {
    pub(super) config: Config,
    pub(super) tls: Tls,
}

/// A running server answers much sooner; an unreachable one should not hold a caller up.
const CONNECT_MAX: Duration = Duration::from_secs(5);

/// A machine that vanishes without a word is noticed after this, and one more of
/// [`KEEPALIVE_INTERVAL`] a retry.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(10);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(5);
const KEEPALIVE_RETRIES: u32 = 2;

/// Data that stays unacknowledged for this long was sent to a dead server.
const UNACKNOWLEDGED_MAX: Duration = Duration::from_secs(15);

impl Address {
    pub(in crate::engine) fn parse(url: &str) -> Result<Self, DbError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(wrong("it does not begin with postgres://"));
        }
        let (before, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut root, mut rest) = (None, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => root = Some(file(value)?),
                _ => rest.push(pair),
            }
        }
        let mut config: Config = format!("{before}?{}", rest.join("&"))
            .parse()
            .map_err(|error: tokio_postgres::Error| wrong(&chain(&error)))?;
        let (mode, trust) = encryption(mode, root)?;
        config
            .ssl_mode(mode)
            .connect_timeout(CONNECT_MAX)
            .keepalives_idle(KEEPALIVE_IDLE)
            .keepalives_interval(KEEPALIVE_INTERVAL)
            .keepalives_retries(KEEPALIVE_RETRIES)
            .tcp_user_timeout(UNACKNOWLEDGED_MAX);
        if config.get_application_name().is_none() {
            config.application_name("longshore");
        }
        Ok(Self { config, tls: Tls::new(&trust)? })
    }
}

/// The meaning of libpq's modes. `prefer` and `require` encrypt without verifying the server.
fn encryption(mode: Option<&str>, root: Option<PathBuf>) -> Result<(SslMode, Trust), DbError> {
    match (mode, root) {
        (Some("verify-full"), None) => Ok((SslMode::Require, Trust::System)),
        (Some("verify-full"), Some(root)) => Ok((SslMode::Require, Trust::File(root))),
        (_, Some(_)) => Err(wrong("sslrootcert works only with sslmode=verify-full")),
        (Some("disable"), None) => Ok((SslMode::Disable, Trust::Anyone)),
        (None | Some("prefer"), None) => Ok((SslMode::Prefer, Trust::Anyone)),
        (Some("require"), None) => Ok((SslMode::Require, Trust::Anyone)),
        (Some(_), None) => Err(wrong("sslmode must be disable, prefer, require or verify-full")),
    }
}

fn file(value: &str) -> Result<PathBuf, DbError> {
    let path = percent_decode_str(value).decode_utf8();
    path.map(|path| PathBuf::from(&*path)).map_err(|_| wrong("sslrootcert is not UTF-8"))
}

fn chain(error: &tokio_postgres::Error) -> String {
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_how_the_way_is_secured() {
        #[rustfmt::skip]
        let cases = [
            ("postgres://db/rows",                                     Some(SslMode::Prefer),  "libpq's default"),
            ("postgresql://u:p@db:5432/rows?sslmode=disable",          Some(SslMode::Disable), "asked for"),
            ("postgres://db/rows?sslmode=require&connect_timeout=3",   Some(SslMode::Require), "among others"),
            ("postgres://db/rows?sslmode=verify-full",                 Some(SslMode::Require), "and verified"),
            ("postgres://%2Frun%2Fpostgresql/rows",                    Some(SslMode::Prefer),  "a socket"),
            ("postgres:///rows?host=/run/postgresql&user=longshore",   Some(SslMode::Prefer),  "a socket, spelled otherwise"),
            ("postgres://db/rows?sslmode=verify-ca",                   None, "a name that is not checked is no check"),
            ("postgres://db/rows?sslmode=allow",                       None, "never weaker than asked"),
            ("postgres://db/rows?sslmode=require&sslrootcert=/ca.pem", None, "it would not be looked at"),
            ("postgres://db/rows?sslmode=verify-full&sslrootcert=/no/such/file", None, "no such file"),
            ("postgres://db/rows?colour=green",                        None, "not a word of libpq's"),
            ("mysql://db/rows",                                        None, "another engine"),
            ("/var/lib/rows.sqlite",                                   None, "a path"),
        ];
        for (url, mode, because) in cases {
            let address = Address::parse(url);
            let found = address.as_ref().ok().map(|address| address.config.get_ssl_mode());
            assert_eq!(found, mode, "{url}: {because}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        let refused = Address::parse("postgres://u:hunter2@db:x/rows").err().unwrap();
        assert!(!refused.to_string().contains("hunter2"), "{refused}");
    }
}
