//! Validators: content that never changes is its own, the digest as `ETag`.

use http::header::{IF_NONE_MATCH, IF_RANGE};
use http::{HeaderMap, HeaderValue};
use names::Digest;

/// The digest as `ETag`: a strong one, because a digest names exactly these bytes.
pub(super) fn etag(digest: &Digest) -> HeaderValue {
    let text = format!("\"{digest}\"");
    HeaderValue::from_str(&text).expect("digests are visible ASCII")
}

/// Whether the client has it already (RFC 9110 §13.1.2). `*` matches anything that exists; a weak
/// validator of these bytes matches too.
pub(super) fn is_held(headers: &HeaderMap, digest: &Digest) -> bool {
    let own = etag(digest);
    let names_it = |tag: &str| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own;
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).any(names_it)
}

/// Whether a range of it is useful to the client (RFC 9110 §13.1.5). Not if the client holds
/// something else, or may: a weak validator and a date prove nothing.
pub(super) fn continues(headers: &HeaderMap, digest: &Digest) -> bool {
    headers.get(IF_RANGE).is_none_or(|held| *held == etag(digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_say_what_they_hold() {
        let digest = Digest::sha256(b"layer");
        let (own, other) = (format!("\"{digest}\""), "\"other\"".to_owned());
        #[rustfmt::skip]
        let cases = [
            (vec![],                              false, "nothing"),
            (vec![own.clone()],                   true,  "its validator"),
            (vec![format!("W/{own}")],            true,  "a cache on the way made it weak"),
            (vec!["*".to_owned()],                true,  "anything"),
            (vec![format!("{other}, {own}")],     true,  "in a list"),
            (vec![format!("{other},W/{own}")],    true,  "in a list, weak"),
            (vec![other.clone(), own.clone()],    true,  "in the second header"),
            (vec![other],                         false, "another"),
            (vec![digest.to_string()],            false, "without quotes it is no validator"),
            (vec![format!("w/{own}")],            false, "the mark of weakness has a case"),
        ];
        for (values, expected, because) in cases {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(IF_NONE_MATCH, value.parse().unwrap());
            }
            assert_eq!(is_held(&headers, &digest), expected, "{because}");
        }
    }
}
