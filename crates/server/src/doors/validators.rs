//! Validators: content that never changes is its own, the digest as `ETag`.

use http::header::{IF_NONE_MATCH, IF_RANGE};
use http::{HeaderMap, HeaderValue};
use names::Digest;

/// The digest as `ETag` has it: a strong one, since bytes of a digest are these bytes and no
/// others.
pub(super) fn etag(digest: &Digest) -> HeaderValue {
    let text = format!("\"{digest}\"");
    HeaderValue::from_str(&text).expect("digests are visible ASCII")
}

/// Does the client have it already (RFC 9110 §13.1.2)? `*` is anything that is there; a weak
/// validator of these bytes is one.
pub(super) fn is_held(headers: &HeaderMap, digest: &Digest) -> bool {
    let own = etag(digest);
    let names_it = |tag: &str| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own;
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).any(names_it)
}

/// Is a range of it of use to the client (RFC 9110 §13.1.5)? Not if what it holds is something
/// else, or may be: a weak validator and a date are no proof.
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
