//! The `Authorization: Basic …` header of the registry door.
//!
//! # Invariants
//! * The only user is `AWS`; the password is a registry token that is opened later.
//! * A value longer than any token we issue is refused before it is decoded.
//!
//! # Who calls
//! The registry door's authentication, on every request of every pull.
//!
//! # On a crash
//! There is no state.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::sealed_claims::LENGTH_MAX as PASSWORD_LENGTH_MAX;

/// The user name of registry tokens.
pub(crate) const USER: &str = "AWS";

/// Base64 and the user name add a third and some to the longest token.
const ENCODED_LENGTH_MAX: usize = PASSWORD_LENGTH_MAX / 3 * 4 + 16;

/// A password of user `AWS`. It proves nothing yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    password: Box<str>,
}

impl Credentials {
    /// The password, which should be a registry token.
    pub fn password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials(AWS:…, {} bytes)", self.password.len())
    }
}

/// Why a Basic header is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BasicRefusal {
    /// Not base64 of `user:password`, too long, or there several times.
    Malformed,
    /// A user other than `AWS`.
    OtherUser,
}

impl fmt::Display for BasicRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the Basic credentials are malformed",
            Self::OtherUser => "the user name of a registry login is AWS",
        })
    }
}

impl std::error::Error for BasicRefusal {}

/// Reads the Basic credentials of a request; `None` if it has none, or those of another scheme.
pub fn credentials(headers: &HeaderMap) -> Option<Result<Credentials, BasicRefusal>> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return Some(Err(BasicRefusal::Malformed));
    }
    let encoded = strip_scheme(value.as_bytes())?;
    Some(decode(encoded))
}

/// The part after the scheme, whose case does not matter (RFC 7235 §2.1).
fn strip_scheme(header: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = header.split_at_checked(6)?;
    scheme.eq_ignore_ascii_case(b"basic ").then(|| rest.trim_ascii())
}

fn decode(encoded: &[u8]) -> Result<Credentials, BasicRefusal> {
    if encoded.len() > ENCODED_LENGTH_MAX {
        return Err(BasicRefusal::Malformed);
    }
    let decoded = STANDARD.decode(encoded).map_err(|_| BasicRefusal::Malformed)?;
    let decoded = String::from_utf8(decoded).map_err(|_| BasicRefusal::Malformed)?;
    match decoded.split_once(':') {
        Some((USER, password)) => Ok(Credentials { password: password.into() }),
        Some(_) => Err(BasicRefusal::OtherUser),
        None => Err(BasicRefusal::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(header: &str) -> Option<Result<String, BasicRefusal>> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_bytes(header.as_bytes()).unwrap());
        credentials(&headers).map(|read| read.map(|it| it.password().to_owned()))
    }

    #[test]
    fn basic_headers() {
        use BasicRefusal::{Malformed, OtherUser};
        #[rustfmt::skip]
        let cases = [
            // header                     read                          because
            ("Basic QVdTOnNlY3JldA==",    Some(Ok("secret")),           "AWS:secret"),
            ("basic QVdTOnNlY3JldA==",    Some(Ok("secret")),           "schemes ignore case"),
            ("Basic   QVdTOnNlY3JldA==",  Some(Ok("secret")),           "more spaces than needed"),
            ("Basic QVdTOmE6Yg==",        Some(Ok("a:b")),              "a password may hold a colon"),
            ("Basic QVdTOg==",            Some(Ok("")),                 "an empty password opens nothing later"),
            ("Basic cm9vdDpzZWNyZXQ=",    Some(Err(OtherUser)),         "root:secret"),
            ("Basic YXdzOnNlY3JldA==",    Some(Err(OtherUser)),         "aws:secret, lower case"),
            ("Basic QVdT",                Some(Err(Malformed)),         "no colon"),
            ("Basic QVdTOnNlY3JldA",      Some(Err(Malformed)),         "no padding"),
            ("Basic QVdTOnNlY3JldB==",    Some(Err(Malformed)),         "stray bits at the end"),
            ("Basic QVdTOnNl Y3JldA==",   Some(Err(Malformed)),         "a space inside"),
            ("Basic QVdTOv8=",            Some(Err(Malformed)),         "not UTF-8"),
            ("Basic ",                    Some(Err(Malformed)),         "nothing"),
            ("Basic",                     None,                         "not even a space"),
            ("Bearer QVdTOnNlY3JldA==",   None,                         "another scheme"),
            ("",                          None,                         "empty"),
        ];
        for (header, expected, because) in cases {
            let expected = expected.map(|read| read.map(str::to_owned));
            assert_eq!(read(header), expected, "{header:?}: {because}");
        }
    }

    #[test]
    fn a_header_longer_than_any_token_is_refused() {
        let long = format!("Basic {}", STANDARD.encode(format!("AWS:{}", "x".repeat(5_000))));
        assert_eq!(read(&long), Some(Err(BasicRefusal::Malformed)));
    }

    #[test]
    fn two_headers_are_refused() {
        let mut headers = HeaderMap::new();
        for _ in 0..2 {
            headers.append(AUTHORIZATION, HeaderValue::from_static("Basic QVdTOnNlY3JldA=="));
        }
        assert_eq!(credentials(&headers), Some(Err(BasicRefusal::Malformed)));
    }

    #[test]
    fn a_password_does_not_show_in_debug() {
        let read = decode(b"QVdTOnNlY3JldA==").unwrap();
        assert_eq!(format!("{read:?}"), "Credentials(AWS:…, 6 bytes)");
    }
}
