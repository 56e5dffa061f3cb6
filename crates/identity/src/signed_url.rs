//! Signed URLs of our own: whoever holds one may read one object until it expires.
//!
//! # Invariants
//! * The signature covers the path, which names the object, and the expiry; the method does not matter, so a
//!   client may ask with HEAD first. Nothing else may stand in the query.
//! * "Expired" is said only of URLs that were genuine.
//!
//! # Who calls
//! The AWS door signs, for `GetDownloadUrlForLayer`; the door that serves those paths verifies.
//!
//! # On a crash
//! Nothing is left: URLs are not stored. Changing the key ends them all.

use std::fmt;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use names::{SealingKey, Timestamp};

/// Keeps these MACs apart from any other that is made under the same key.
const PURPOSE: &[u8] = b"longshore signed url 1\0";

/// A query of ours has 80 bytes.
const QUERY_LENGTH_MAX: usize = 128;

/// Why a URL opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlRefusal {
    /// The query is not of our making.
    Malformed,
    /// The path, the expiry or the signature is not what we signed.
    Altered,
    /// It was good once.
    Expired,
}

impl fmt::Display for UrlRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the URL carries no signature",
            Self::Altered => "the URL is not what was signed",
            Self::Expired => "the URL has expired",
        })
    }
}

impl std::error::Error for UrlRefusal {}

/// The query that makes `path`, as it will stand in the request line, readable until `expires_at`.
/// Fractions of a second are dropped.
pub fn sign(key: &SealingKey, path: &str, expires_at: Timestamp) -> String {
    let expires = expires_at.as_seconds();
    let mac = hmac::sign(&mac_key(key), &authenticated(path, expires));
    format!("expires={expires}&signature={}", URL_SAFE_NO_PAD.encode(mac))
}

/// Is this path with this query one that we signed, and is it still time?
pub fn verify(key: &SealingKey, path: &str, query: &str, now: Timestamp) -> Result<(), UrlRefusal> {
    let (expires, signature) = parse(query).ok_or(UrlRefusal::Malformed)?;
    hmac::verify(&mac_key(key), &authenticated(path, expires), &signature)
        .map_err(|_| UrlRefusal::Altered)?;
    if now.as_seconds() < expires { Ok(()) } else { Err(UrlRefusal::Expired) }
}

/// Reads `expires=SECONDS&signature=BASE64`, in that order and nothing more.
fn parse(query: &str) -> Option<(i64, [u8; 32])> {
    if query.len() > QUERY_LENGTH_MAX {
        return None;
    }
    let (expires, signature) = query.strip_prefix("expires=")?.split_once("&signature=")?;
    let seconds: i64 = expires.parse().ok()?;
    if seconds.to_string() != expires {
        return None;
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    Some((seconds, signature.try_into().ok()?))
}

fn mac_key(key: &SealingKey) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, key.expose())
}

fn authenticated(path: &str, expires: i64) -> Vec<u8> {
    [PURPOSE, &expires.to_be_bytes(), path.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/layers/123456789012/us-east-1/web/sha256:abc";

    fn key() -> SealingKey {
        SealingKey::from_bytes([3; 32])
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    #[test]
    fn a_signed_url_is_good_until_it_expires() {
        let query = sign(&key(), PATH, at(1_000));
        #[rustfmt::skip]
        let cases = [
            (0,     Ok(())),
            (999,   Ok(())),
            (1_000, Err(UrlRefusal::Expired)),
            (9_999, Err(UrlRefusal::Expired)),
        ];
        for (now, expected) in cases {
            assert_eq!(verify(&key(), PATH, &query, at(now)), expected, "at {now}");
        }
    }

    #[test]
    fn a_url_opens_one_path_under_one_key() {
        let query = sign(&key(), PATH, at(1_000));
        let other = "/layers/123456789012/us-east-1/web/sha256:abd";
        assert_eq!(verify(&key(), other, &query, at(0)), Err(UrlRefusal::Altered));
        let key = SealingKey::from_bytes([4; 32]);
        assert_eq!(verify(&key, PATH, &query, at(0)), Err(UrlRefusal::Altered));
    }

    #[test]
    fn a_later_expiry_cannot_be_written_in() {
        let query = sign(&key(), PATH, at(1_000)).replace("expires=1000", "expires=9000");
        assert_eq!(verify(&key(), PATH, &query, at(2_000)), Err(UrlRefusal::Altered));
    }

    #[test]
    fn an_expired_forgery_is_altered_rather_than_expired() {
        let forged = format!("expires=1&signature={}", URL_SAFE_NO_PAD.encode([0; 32]));
        assert_eq!(verify(&key(), PATH, &forged, at(2_000)), Err(UrlRefusal::Altered));
    }

    #[test]
    fn queries_that_are_not_of_our_making() {
        let good = sign(&key(), PATH, at(1_000));
        let (expires, signature) = good.split_once('&').unwrap();
        #[rustfmt::skip]
        let cases = [
            (String::new(),                                 "empty"),
            (expires.to_owned(),                            "no signature"),
            (signature.to_owned(),                          "no expiry"),
            (format!("{signature}&{expires}"),              "the other way round"),
            (format!("{good}&x=1"),                         "something more"),
            (format!("x=1&{good}"),                         "something before"),
            (good.replace("=1000", "=+1000"),               "a sign"),
            (good.replace("=1000", "=01000"),               "a leading zero"),
            (good.replace("=1000", "=soon"),                "no number"),
            (good.replace("=1000", "=99999999999999999999"), "too large a number"),
            (format!("{good}="),                            "padding"),
            (good[..good.len() - 2].to_owned(),             "cut short"),
            (format!("{good}{}", "A".repeat(100)),          "too long"),
        ];
        for (query, because) in cases {
            let got = verify(&key(), PATH, &query, at(0));
            assert_eq!(got, Err(UrlRefusal::Malformed), "{query:?}: {because}");
        }
    }
}
