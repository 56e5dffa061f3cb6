//! A host as clients and proxies name it: in `Host`, in the target of HTTP/2, in
//! `X-Forwarded-Host`.

use std::fmt;
use std::net::Ipv6Addr;

/// Longer names are none of DNS's.
const LENGTH_MAX: usize = 255;

/// `NAME[:PORT]`, in lower case and without the root's dot, so that one host has one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostName {
    name: Box<str>,
    port: Option<u16>,
}

impl HostName {
    /// Reads a name or an address, with or without a port; `None` if it is neither.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let (name, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((address, rest)) => {
                address.parse::<Ipv6Addr>().ok()?;
                (&text[..address.len() + 2], rest)
            }
            None => text.split_at(text.find(':').unwrap_or(text.len())),
        };
        let port = match port.strip_prefix(':') {
            None if port.is_empty() => None,
            None => return None,
            // RFC 3986 §3.2.3: a colon with nothing behind it is no port.
            Some("") => None,
            Some(digits) => Some(parse_port(digits)?),
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        (name.starts_with('[') || is_name(name)).then(|| Self { name: name.into(), port })
    }

    /// Without the port; an address of IPv6 in brackets.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The port, if one is spelled out.
    pub(crate) fn port(&self) -> Option<u16> {
        self.port
    }

    /// The same host at another port.
    pub(crate) fn at_port(self, port: Option<u16>) -> Self {
        Self { port, ..self }
    }

    /// The same host, without a port that the scheme implies.
    pub(crate) fn without_default_port(self, is_tls: bool) -> Self {
        let port = self.port.filter(|port| *port != default_port(is_tls));
        self.at_port(port)
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// The port that a URL means which names none.
pub(crate) fn default_port(is_tls: bool) -> u16 {
    if is_tls { 443 } else { 80 }
}

/// A port in digits, and nothing but digits.
pub(crate) fn parse_port(digits: &str) -> Option<u16> {
    let all_digits = digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|port| all_digits && *port > 0)
}

fn is_name(text: &str) -> bool {
    let fits = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    text.len() <= LENGTH_MAX && text.split('.').all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_one_spelling() {
        #[rustfmt::skip]
        let cases = [
            ("registry.example.com",      Some("registry.example.com"),      "a name"),
            ("registry.example.com:8443", Some("registry.example.com:8443"), "with a port"),
            ("Registry.Example.COM",      Some("registry.example.com"),      "names have no case"),
            ("registry.example.com.",     Some("registry.example.com"),      "the root's dot"),
            ("registry.example.com.:443", Some("registry.example.com:443"),  "the root's dot before a port"),
            ("registry.example.com:",     Some("registry.example.com"),      "a colon is no port"),
            ("node_1:5050",               Some("node_1:5050"),               "a container's name"),
            ("192.0.2.1:5050",            Some("192.0.2.1:5050"),            "an address"),
            ("[2001:DB8::1]:5050",        Some("[2001:db8::1]:5050"),        "an address of IPv6"),
            ("[::1]",                     Some("[::1]"),                     "without a port"),
            ("",                          None, "nothing"),
            (".",                         None, "the root itself"),
            ("example.com..",             None, "two dots"),
            ("a..example.com",            None, "an empty label"),
            ("user@example.com",          None, "a user"),
            ("example.com/x",             None, "a path"),
            ("example.com, example.org",  None, "two"),
            ("example.com:0",             None, "no port has this number"),
            ("example.com:65536",         None, "nor this one"),
            ("example.com:+443",          None, "a sign"),
            ("example.com:http",          None, "a word"),
            ("::1",                       None, "IPv6 without brackets"),
            ("[::1]x",                    None, "something behind the brackets"),
            ("[example.com]",             None, "a name in brackets"),
            ("ex\"ample.com",             None, "a quote"),
            ("exämple.com",               None, "not ASCII"),
        ];
        for (text, expected, because) in cases {
            let read = HostName::parse(text).map(|host| host.to_string());
            assert_eq!(read.as_deref(), expected, "{text:?}: {because}");
        }
        assert_eq!(HostName::parse(&"a".repeat(256)), None, "longer than names may be");
    }
}
