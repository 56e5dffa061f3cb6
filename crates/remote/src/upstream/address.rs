//! Where an upstream is, and where it sends those that ask it.

use http::Uri;
use http::uri::{Authority, Scheme};

/// The longest URL that is followed. Signed URLs of object stores have up to two kilobytes.
const URL_BYTES_MAX: usize = 8 * 1024;

/// Where a registry is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UpstreamAddress {
    is_plain: bool,
    authority: Authority,
}

impl UpstreamAddress {
    /// Reads a host, with a port if it has one, or a URL without a path: `https://` goes without
    /// saying.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_plain, rest) = match text.split_once("://") {
            Some(("http", rest)) => (true, rest),
            Some(("https", rest)) => (false, rest),
            Some(_) => return None,
            None => (false, text),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let authority: Authority = rest.parse().ok()?;
        let is_bare = !rest.contains('@') && !authority.host().is_empty();
        is_bare.then_some(Self { is_plain, authority })
    }

    /// Its host.
    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// Its scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", if self.is_plain { "http" } else { "https" }, self.authority)
    }

    /// A URL there.
    pub(crate) fn url(&self, path: &str) -> Option<Uri> {
        format!("{}{path}", self.origin()).parse().ok()
    }

    /// Whether a URL is on this very host.
    pub(crate) fn holds(&self, url: &Uri) -> bool {
        let is_plain = url.scheme() == Some(&Scheme::HTTP);
        is_plain == self.is_plain && url.authority() == Some(&self.authority)
    }

    /// The URL that an upstream names, in a redirect or as its token service: `None` if it is
    /// malformed, or gives up TLS.
    pub(crate) fn follow(&self, from: &Uri, location: &str) -> Option<Uri> {
        if location.len() > URL_BYTES_MAX {
            return None;
        }
        let location = location.split('#').next().unwrap_or_default();
        let url: Uri = if location.starts_with('/') && !location.starts_with("//") {
            let (scheme, authority) = (from.scheme_str()?, from.authority()?);
            format!("{scheme}://{authority}{location}").parse().ok()?
        } else {
            location.parse().ok()?
        };
        let authority = url.authority()?.as_str();
        let is_bare = !authority.contains('@');
        let is_safe = match url.scheme_str()? {
            "https" => true,
            "http" => self.is_plain,
            _ => false,
        };
        (is_bare && is_safe).then_some(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        #[rustfmt::skip]
        let cases = [
            ("registry-1.docker.io",   Some("https://registry-1.docker.io"), "a host"),
            ("quay.io:8443",           Some("https://quay.io:8443"),         "with a port"),
            ("https://quay.io/",       Some("https://quay.io"),              "a URL"),
            ("http://localhost:5000",  Some("http://localhost:5000"),        "without TLS"),
            ("[::1]:5000",             Some("https://[::1]:5000"),           "an address"),
            ("quay.io/path",           None,                                 "a path"),
            ("https://quay.io/?a",     None,                                 "a query"),
            ("ftp://quay.io",          None,                                 "another scheme"),
            ("user:word@quay.io",      None,                                 "credentials"),
            ("",                       None,                                 "nothing"),
            ("a b",                    None,                                 "a space"),
        ];
        for (text, expected, because) in cases {
            let origin = UpstreamAddress::parse(text).map(|it| it.origin());
            assert_eq!(origin.as_deref(), expected, "{because}");
        }
    }

    #[test]
    fn redirects() {
        let long = format!("https://b/{}", "a".repeat(9_000));
        let from: Uri = "https://a/v2/x".parse().unwrap();
        let secure = UpstreamAddress::parse("a").unwrap();
        #[rustfmt::skip]
        let cases = [
            ("https://b/c?d=e",    Some("https://b/c?d=e"), "another host"),
            ("/c",                 Some("https://a/c"),     "the same host"),
            ("https://b/c#d",      Some("https://b/c"),     "a fragment"),
            ("http://b/c",         None,                    "without TLS"),
            ("//b/c",              None,                    "no scheme"),
            ("c",                  None,                    "relative"),
            ("file:///etc/passwd", None,                    "a file"),
            ("https://u:p@b/c",    None,                    "credentials"),
            ("",                   None,                    "nothing"),
            (&long,                None,                    "too long"),
        ];
        for (location, expected, because) in cases {
            let url = secure.follow(&from, location).map(|url| url.to_string());
            assert_eq!(url.as_deref(), expected, "{because}");
        }
        let plain = UpstreamAddress::parse("http://a").unwrap();
        assert!(plain.follow(&from, "http://b/c").is_some(), "it has no TLS to give up");
        assert!(!plain.holds(&from) && secure.holds(&from));
    }
}
