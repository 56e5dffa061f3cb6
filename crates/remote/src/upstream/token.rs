//! Tokens of token services, kept until they end.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use http::HeaderValue;
use serde::Deserialize;
use tokio::time::Instant;

/// The answer of a token service. Tokens of large registries have a few kilobytes.
pub(crate) const SIZE_BYTES_MAX: usize = 64 * 1024;

/// The life of a token that does not say how long it lives, as the distribution specification has
/// it.
const LIFE: Duration = Duration::from_mins(1);

/// The longest life that is believed.
const LIFE_MAX: Duration = Duration::from_hours(1);

/// A token is not used in the last moments of its life: it has to arrive first.
const MARGIN: Duration = Duration::from_secs(5);

/// Tokens that are kept. One has at most 64 KiB, and most have one.
const TOKENS_MAX: usize = 512;

#[derive(Deserialize)]
struct Document {
    token: Option<String>,
    access_token: Option<String>,
    expires_in: Option<serde_json::Number>,
}

/// A token, as the header of requests, and how long it lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) header: HeaderValue,
    pub(crate) life: Duration,
}

impl Token {
    /// Reads the answer of a token service.
    pub(crate) fn parse(document: &[u8]) -> Result<Self, &'static str> {
        if document.len() > SIZE_BYTES_MAX {
            return Err("the answer of the token service is too long");
        }
        let Ok(document) = serde_json::from_slice::<Document>(document) else {
            return Err("the answer of the token service is not JSON of the expected form");
        };
        let Document { token, access_token, expires_in } = document;
        let said = |token: Option<String>| token.filter(|token| !token.is_empty());
        let token = said(token).or(said(access_token)).ok_or("the token service gave no token")?;
        let header = HeaderValue::from_str(&format!("Bearer {token}"));
        let mut header = header.map_err(|_| "the token cannot be sent in a header")?;
        header.set_sensitive(true);
        let seconds = expires_in.and_then(|seconds| seconds.as_u64());
        let life = seconds.map_or(LIFE, Duration::from_secs).min(LIFE_MAX);
        Ok(Self { header, life })
    }
}

/// What a token is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TokenUse {
    /// The registry's scheme, host and port.
    pub(crate) registry: String,
    /// The user whom it was given to, and a hash of the password.
    pub(crate) user: Option<(String, u64)>,
    /// The repository that it lets read.
    pub(crate) repository: String,
}

/// The tokens that live.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<TokenUse, (HeaderValue, Instant)>>);

impl Tokens {
    pub(crate) fn find(&self, wanted: &TokenUse, now: Instant) -> Option<HeaderValue> {
        let kept = self.0.lock().expect("no thread panics while holding the tokens");
        kept.get(wanted).filter(|(_, until)| now < *until).map(|(header, _)| header.clone())
    }

    pub(crate) fn keep(&self, used: TokenUse, header: HeaderValue, life: Duration, now: Instant) {
        let mut kept = self.0.lock().expect("no thread panics while holding the tokens");
        if kept.len() >= TOKENS_MAX {
            kept.retain(|_, (_, until)| now < *until);
        }
        if kept.len() >= TOKENS_MAX {
            kept.clear();
        }
        kept.insert(used, (header, now + life.saturating_sub(MARGIN)));
    }

    pub(crate) fn forget(&self, used: &TokenUse) {
        self.0.lock().expect("no thread panics while holding the tokens").remove(used);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_token_services() {
        let long = format!(r#"{{"token":"{}"}}"#, "a".repeat(70_000));
        #[rustfmt::skip]
        let cases = [
            (r#"{"token":"a","expires_in":300}"#,        Some(("Bearer a", 300)),   "Docker Hub's"),
            (r#"{"access_token":"b"}"#,                  Some(("Bearer b", 60)),    "OAuth's name, no life"),
            (r#"{"token":"","access_token":"b"}"#,       Some(("Bearer b", 60)),    "one is empty"),
            (r#"{"token":"a","expires_in":9999999}"#,    Some(("Bearer a", 3_600)), "too long a life"),
            (r#"{"token":"a","expires_in":-5}"#,         Some(("Bearer a", 60)),    "a negative life"),
            (r#"{"token":"a","expires_in":1.5}"#,        Some(("Bearer a", 60)),    "no whole seconds"),
            (r#"{"token":"a\r\nHost: b"}"#,              None,                      "a header in it"),
            (r#"{"token":5}"#,                           None,                      "a number"),
            ("{}",                                       None,                      "no token"),
            ("<html>",                                   None,                      "a page"),
            ("[]",                                       None,                      "a list"),
            ("",                                         None,                      "nothing"),
            (&long,                                      None,                      "too long"),
        ];
        for (document, expected, because) in cases {
            let read = Token::parse(document.as_bytes()).ok();
            let read = read.map(|it| (it.header.to_str().unwrap().to_owned(), it.life.as_secs()));
            let read = read.as_ref().map(|(header, life)| (header.as_str(), *life));
            assert_eq!(read, expected, "{because}");
        }
    }

    #[test]
    fn a_token_is_forgotten_before_it_ends() {
        let (tokens, now) = (Tokens::default(), Instant::now());
        let used = TokenUse { registry: "a".into(), user: None, repository: "b".into() };
        tokens.keep(used.clone(), HeaderValue::from_static("t"), Duration::from_secs(30), now);
        assert!(tokens.find(&used, now + Duration::from_secs(24)).is_some());
        assert!(tokens.find(&used, now + Duration::from_secs(25)).is_none());
    }
}
