use std::fmt;
use std::net::IpAddr;

use http::Uri;

use super::ClientFailure;

/// The URL of a server: `http://HOST[:PORT]` or `https://HOST[:PORT]`, and the path under which it
/// answers, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) is_tls: bool,
    /// In lower case; IPv6 addresses without brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) uri: Uri,
}

impl Endpoint {
    /// Reads a URL.
    pub(crate) fn parse(text: &str) -> Result<Self, ClientFailure> {
        let refuse = |why: &str| {
            Err(ClientFailure::Settings(format!(
                "the endpoint {text:?} {why}; use a URL such as https://registry.example.com"
            )))
        };
        let Ok(uri) = text.parse::<Uri>() else { return refuse("is not a URL") };
        let is_tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return refuse("starts with neither http:// nor https://"),
        };
        let Some(authority) = uri.authority() else { return refuse("names no host") };
        if authority.as_str().contains('@') || uri.query().is_some() {
            return refuse("has more than a host, a port and a path");
        }
        let host = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
        let has_port = authority.as_str().len() > authority.host().len();
        let port = match authority.port_u16() {
            Some(port) => port,
            None if has_port => return refuse("has no port after its colon"),
            None if is_tls => 443,
            None => 80,
        };
        Ok(Self { is_tls, host, port, uri })
    }

    /// Whether the endpoint is this machine, under any name.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }

    /// The value of the header `host`.
    pub(crate) fn authority(&self) -> &str {
        self.uri.authority().map_or("", http::uri::Authority::as_str)
    }
}

/// Whether the host is this machine, under any name.
pub(crate) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uri.to_string().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints() {
        #[rustfmt::skip]
        let cases = [
            ("http://localhost:5050",          Some((false, "localhost", 5050)),      "a laptop's"),
            ("https://registry.example.com",   Some((true, "registry.example.com", 443)), "the usual port"),
            ("http://registry.example.com/",   Some((false, "registry.example.com", 80)), "the usual port without TLS"),
            ("https://[::1]:8443",             Some((true, "::1", 8443)),             "an address of IPv6"),
            ("https://Registry.Example.com/x", Some((true, "registry.example.com", 443)), "host names have no case"),
            ("registry.example.com",           None, "no scheme"),
            ("ftp://registry.example.com",     None, "another scheme"),
            ("https://",                       None, "no host"),
            ("https://user:pw@example.com",    None, "a password would go to the log"),
            ("https://example.com:port",       None, "the port is no number"),
            ("https://example.com:99999",      None, "the port is too large"),
            ("https://example.com/?a=b",       None, "a query"),
            ("",                               None, "empty"),
        ];
        for (text, expected, because) in cases {
            let read = Endpoint::parse(text).ok();
            let read = read.as_ref().map(|e| (e.is_tls, e.host.as_str(), e.port));
            assert_eq!(read, expected, "{text:?}: {because}");
        }
    }
}
