//! Reads what another service answers. It is not trusted to be a key management service at all.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// The longest sentence of a service that is passed on.
const MESSAGE_CHARS_MAX: usize = 512;

/// The longest name of an error.
const CODE_CHARS_MAX: usize = 64;

/// Why a call has no answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The service refuses, in its words.
    Refused { code: String, message: String },
    /// Another try may help. The text is for the log.
    Passing(String),
    /// No other try helps until someone changes something. The text is for the log.
    Lasting(String),
}

/// Errors that are about the moment and not about the key.
const PASSING: &[&str] = &[
    "ThrottlingException",
    "Throttling",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "LimitExceededException",
    "KMSInternalException",
    "InternalFailure",
    "DependencyTimeoutException",
    "KeyUnavailableException",
    "ServiceUnavailable",
];

/// Errors that are about our credentials or our clock, and not about the key.
const CREDENTIALS: &[&str] = &[
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "OptInRequired",
];

#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "__type")]
    kind: String,
    #[serde(alias = "Message")]
    message: Option<String>,
}

/// The members of an answer.
pub(super) fn read(status: StatusCode, body: &[u8]) -> Result<Map<String, Value>, Trouble> {
    if status == StatusCode::OK {
        let read = serde_json::from_slice(body);
        return read.map_err(|_| Trouble::Lasting("it does not answer as a KMS does".to_owned()));
    }
    let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
    let named = refusal.map(|Refusal { kind, message }| {
        // `com.amazonaws.kms#DisabledException`, `DisabledException:http://…`
        let code = kind.rsplit('#').next().unwrap_or_default();
        let code = code.split(':').next().unwrap_or_default();
        (short(code, CODE_CHARS_MAX), short(&message.unwrap_or_default(), MESSAGE_CHARS_MAX))
    });
    Err(match named {
        Some((code, message)) if PASSING.contains(&code.as_str()) => {
            Trouble::Passing(format!("{code}: {message}"))
        }
        Some((code, message)) if CREDENTIALS.contains(&code.as_str()) => {
            Trouble::Lasting(format!("it refuses our credentials: {code}: {message}"))
        }
        _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            Trouble::Passing(format!("it answers {status}"))
        }
        Some((code, message)) if status.is_client_error() && is_name(&code) => {
            Trouble::Refused { code, message }
        }
        Some(_) | None => Trouble::Lasting(format!("it answers {status}, and not as a KMS does")),
    })
}

/// Without what would break a line of a log or a terminal.
fn short(text: &str, chars_max: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(chars_max).collect()
}

fn is_name(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
}

/// The bytes of a member; `None` if it is not there, or no Base64.
pub(super) fn bytes(members: &Map<String, Value>, name: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = members.get(name)?.as_str()?;
    STANDARD.decode(text).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        let refused = |code: &str, message: &str| {
            Some(Trouble::Refused { code: code.to_owned(), message: message.to_owned() })
        };
        let long = format!(r#"{{"__type":"DisabledException","message":"{}"}}"#, "a".repeat(900));
        #[rustfmt::skip]
        let cases = [
            // status, body, kind, refusal
            (200, r#"{"KeyId":"a"}"#,                                                "read",    None),
            (200, "<html>",                                                          "lasting", None),
            (200, "[]",                                                              "lasting", None),
            (200, "",                                                                "lasting", None),
            (400, r#"{"__type":"DisabledException","message":"a is disabled."}"#,    "refused", refused("DisabledException", "a is disabled.")),
            (400, r#"{"__type":"com.amazonaws.kms#NotFoundException"}"#,             "refused", refused("NotFoundException", "")),
            (400, r#"{"__type":"AccessDeniedException:http://x","Message":"no"}"#,   "refused", refused("AccessDeniedException", "no")),
            (400, "{\"__type\":\"DisabledException\",\"message\":\"a\\u001b[2Jb\"}", "refused", refused("DisabledException", "a[2Jb")),
            (400, long.as_str(),                                                     "refused", refused("DisabledException", &"a".repeat(512))),
            (400, r#"{"__type":"ThrottlingException"}"#,                             "passing", None),
            (500, r#"{"__type":"KMSInternalException"}"#,                            "passing", None),
            (400, r#"{"__type":"UnrecognizedClientException"}"#,                     "lasting", None),
            (400, r#"{"__type":"ExpiredTokenException"}"#,                           "lasting", None),
            (400, r#"{"__type":"<script>","message":"a"}"#,                          "lasting", None),
            (400, r#"{"__type":7}"#,                                                 "lasting", None),
            (404, "not found",                                                       "lasting", None),
            (403, "{}",                                                              "lasting", None),
            (302, "",                                                                "lasting", None),
            (301, r#"{"__type":"DisabledException"}"#,                               "lasting", None),
            (503, "<html>",                                                          "passing", None),
            (502, r#"{"__type":"DisabledException"}"#,                               "passing", None),
            (429, "",                                                                "passing", None),
        ];
        for (status, body, kind, refusal) in cases {
            let answer = read(StatusCode::from_u16(status).unwrap(), body.as_bytes());
            let found = match &answer {
                Ok(_) => "read",
                Err(Trouble::Refused { .. }) => "refused",
                Err(Trouble::Passing(_)) => "passing",
                Err(Trouble::Lasting(_)) => "lasting",
            };
            assert_eq!(found, kind, "{status} {body}");
            if refusal.is_some() {
                assert_eq!(answer.err(), refusal, "{status} {body}");
            }
        }
    }

    #[test]
    fn members_of_bytes() {
        let members = read(StatusCode::OK, br#"{"a":"aGk=","b":"?","c":1}"#).unwrap();
        assert_eq!(bytes(&members, "a").unwrap().as_slice(), b"hi");
        for name in ["b", "c", "d"] {
            assert_eq!(bytes(&members, name), None, "{name}");
        }
    }
}
