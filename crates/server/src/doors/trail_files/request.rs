//! What a request asks of the bucket.

use std::borrow::Cow;

use names::AccountId;
use percent_encoding::percent_decode_str;

/// A read of a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read {
    /// Where the bucket is.
    Location,
    /// The objects in a folder.
    List(List),
    /// An object, by its key.
    Object(String),
}

/// Which objects are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct List {
    /// What their keys begin with.
    pub(super) prefix: String,
    /// They come after this key.
    pub(super) marker: String,
    /// As many at most.
    pub(super) keys_max: usize,
}

/// As many as S3 lists at once.
const KEYS_MAX: usize = 1_000;

/// Longer than any path or query of a client that means this.
const LENGTH_MAX: usize = 8 << 10;

/// Reads a path and a query; `None` if they are nothing of this. Nothing is decoded twice.
pub(super) fn parse(path: &str, query: &str) -> Option<(String, Read)> {
    if path.len() + query.len() > LENGTH_MAX {
        return None;
    }
    let (bucket, key) = path.strip_prefix('/')?.split_once('/').unwrap_or((&path[1..], ""));
    let (bucket, key) = (decoded(bucket)?, decoded(key)?);
    if bucket.is_empty() {
        return None;
    }
    if !key.is_empty() {
        return Some((bucket, Read::Object(key)));
    }
    let mut list = List { keys_max: KEYS_MAX, ..List::default() };
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decoded(value)?;
        match name {
            "location" => return Some((bucket, Read::Location)),
            "prefix" => list.prefix = value,
            "marker" => list.marker = value,
            "max-keys" => list.keys_max = value.parse().ok().filter(|max| *max <= KEYS_MAX)?,
            // The second version continues lists in another way, and folders are not folded here.
            "list-type" | "delimiter" if !value.is_empty() => return None,
            _ => {}
        }
    }
    Some((bucket, Read::List(list)))
}

/// The account that a key behind the trail's prefix belongs to.
pub(super) fn account_of(object: &str) -> Option<AccountId> {
    let account = object.strip_prefix("AWSLogs/")?.split('/').next()?;
    AccountId::parse(account).ok()
}

/// A key behind the trail's prefix.
pub(super) fn behind<'k>(prefix: &str, key: &'k str) -> Option<&'k str> {
    if prefix.is_empty() { Some(key) } else { key.strip_prefix(prefix)?.strip_prefix('/') }
}

/// A part of a path or a query without its escapes; `None` if they are broken.
fn decoded(text: &str) -> Option<String> {
    let is_escape = |at: usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !text.match_indices('%').all(|(at, _)| is_escape(at)) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(prefix: &str, marker: &str, keys_max: usize) -> Read {
        Read::List(List { prefix: prefix.to_owned(), marker: marker.to_owned(), keys_max })
    }

    #[test]
    fn reads_are_read() {
        let long = "a".repeat(9_000);
        #[rustfmt::skip]
        let cases = [
            ("/logs",          "location",                     Some(Read::Location),                   "where it is"),
            ("/logs/",         "location",                     Some(Read::Location),                   "with a slash"),
            ("/logs",          "prefix=a%2Fb&marker=a%2Fb%2Fc", Some(list("a/b", "a/b/c", 1_000)),      "a list"),
            ("/logs",          "prefix=a&max-keys=7&encoding-type=url", Some(list("a", "", 7)),         "a short one"),
            ("/logs",          "",                             Some(list("", "", 1_000)),              "all"),
            ("/logs/a/b%2Dc",  "",                             Some(Read::Object("a/b-c".to_owned())), "an object"),
            ("/logs/a%252F",   "",                             Some(Read::Object("a%2F".to_owned())),  "decoded once"),
            ("/",              "location",                     None,                                   "no bucket"),
            ("",               "",                             None,                                   "no path"),
            ("/logs/a%zz",     "",                             None,                                   "a broken escape"),
            ("/logs/a%4",      "",                             None,                                   "half of one"),
            ("/logs/a%ff",     "",                             None,                                   "not UTF-8"),
            ("/logs",          "max-keys=1001",                None,                                   "too many"),
            ("/logs",          "max-keys=-1",                  None,                                   "no number"),
            ("/logs",          "list-type=2",                  None,                                   "the other version"),
            (&long,            "",                             None,                                   "too long"),
        ];
        for (path, query, expected, because) in cases {
            let read = parse(path, query).map(|(_, read)| read);
            assert_eq!(read, expected, "{path}?{query}: {because}");
        }
    }

    #[test]
    fn keys_belong_to_accounts() {
        #[rustfmt::skip]
        let cases = [
            ("",    "AWSLogs/123456789012/CloudTrail/a", Some("123456789012"), "a file"),
            ("",    "AWSLogs/123456789012",              Some("123456789012"), "all of an account"),
            ("",    "AWSLogs/12345678901",               None,                 "a part of an account"),
            ("",    "AWSLogs/",                          None,                 "all accounts"),
            ("",    "123456789012/AWSLogs",              None,                 "another place"),
            ("p/q", "p/q/AWSLogs/123456789012/a",        Some("123456789012"), "behind a prefix"),
            ("p/q", "p/qAWSLogs/123456789012/a",         None,                 "not behind it"),
            ("p/q", "AWSLogs/123456789012/a",            None,                 "without it"),
        ];
        for (prefix, key, expected, because) in cases {
            let account = behind(prefix, key).and_then(account_of);
            assert_eq!(account.as_ref().map(AccountId::as_str), expected, "{key}: {because}");
        }
    }
}
