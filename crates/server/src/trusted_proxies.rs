//! The client's address and the requested URL of a request that came through proxies.

mod forwarded;

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use http::HeaderMap;

const X_FORWARDED_FOR: &str = "x-forwarded-for";
const X_FORWARDED_PROTO: &str = "x-forwarded-proto";
const X_FORWARDED_HOST: &str = "x-forwarded-host";
const X_FORWARDED_PORT: &str = "x-forwarded-port";
const X_FORWARDED: [&str; 4] =
    [X_FORWARDED_FOR, X_FORWARDED_PROTO, X_FORWARDED_HOST, X_FORWARDED_PORT];

/// An address, or all that begin with the same bits: `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// A text that is not a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedNetwork(String);

impl fmt::Display for MalformedNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not an address or a network, such as 10.0.0.0/8", self.0)
    }
}

impl std::error::Error for MalformedNetwork {}

impl FromStr for Network {
    type Err = MalformedNetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || MalformedNetwork(text.to_owned());
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| malformed())?;
        let bits_max = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => bits_max,
            Some(bits) => bits.parse().ok().filter(|n| *n <= bits_max).ok_or_else(malformed)?,
        };
        Ok(Self { address, bits })
    }
}

impl Network {
    fn holds(&self, address: IpAddr) -> bool {
        let differing = match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
            (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => return false,
        };
        differing >= u32::from(self.bits)
    }
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer {
    /// Its address.
    pub(crate) address: IpAddr,
    /// Whether the connection uses TLS.
    pub(crate) is_tls: bool,
}

/// The trusted facts of a request. The accept loop determines them once, and attaches them to the
/// request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// The client's address, if it is known.
    pub(crate) address: Option<IpAddr>,
    /// Whether the client used TLS.
    pub(crate) is_tls: bool,
    /// The host that the client requested from the proxy, in its spelling.
    pub(crate) host: Option<String>,
    /// The port that the client requested from the proxy, in its spelling.
    pub(crate) port: Option<String>,
}

/// The proxies whose statements about clients are trusted. Anyone else could claim anything.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// All in these networks.
    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    /// The trusted facts of a request: those of its connection, or those that trusted proxies
    /// state.
    ///
    /// Of several proxies the last one made the connection, and its statement counts.
    pub(crate) fn told(&self, peer: Peer, headers: &HeaderMap) -> Told {
        let connected =
            Told { address: Some(peer.address), is_tls: peer.is_tls, host: None, port: None };
        if !self.trusts(peer.address) {
            return connected;
        }
        // A proxy that writes one family of headers may pass on a client's own of the other family.
        if X_FORWARDED.iter().any(|name| headers.contains_key(*name)) {
            return self.told_by_x_forwarded(peer, headers);
        }
        match forwarded::elements(headers) {
            Some(elements) if elements.is_empty() => connected,
            Some(elements) => self.told_by_forwarded(peer, &elements),
            None => Told { address: None, ..connected },
        }
    }

    fn told_by_x_forwarded(&self, peer: Peer, headers: &HeaderMap) -> Told {
        let hops = headers.get_all(X_FORWARDED_FOR).iter().rev();
        let hops = hops.flat_map(|value| value.to_str().unwrap_or_default().rsplit(','));
        let said = |name| last_of(headers, name).filter(|text| !text.is_empty());
        Told {
            address: self.first_stranger(peer.address, hops),
            is_tls: last_of(headers, X_FORWARDED_PROTO).map_or(peer.is_tls, is_https),
            host: said(X_FORWARDED_HOST).map(str::to_owned),
            port: said(X_FORWARDED_PORT).map(str::to_owned),
        }
    }

    fn told_by_forwarded(&self, peer: Peer, elements: &[forwarded::Element]) -> Told {
        let hops = elements.iter().rev().map(|it| it.asked_by.as_deref().unwrap_or_default());
        let last = elements.last();
        let proto = last.and_then(|it| it.proto.as_deref());
        Told {
            address: self.first_stranger(peer.address, hops),
            is_tls: proto.map_or(peer.is_tls, is_https),
            host: last.and_then(|it| it.host.clone()),
            port: None,
        }
    }

    /// Each proxy appends the address of its client, so the list is trusted from its end, up to the
    /// first address that is not one of our proxies. Before a malformed entry nothing is trusted.
    fn first_stranger<'a>(
        &self,
        peer: IpAddr,
        hops: impl Iterator<Item = &'a str>,
    ) -> Option<IpAddr> {
        let mut client = peer;
        for hop in hops {
            client = address(hop.trim())?;
            if !self.trusts(client) {
                break;
            }
        }
        Some(client)
    }

    /// Is this one of them?
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }
}

/// The last entry of a list that may be spread over several headers.
fn last_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get_all(name).iter().next_back()?;
    value.to_str().ok()?.rsplit(',').next().map(str::trim)
}

fn is_https(proto: &str) -> bool {
    proto.eq_ignore_ascii_case("https")
}

/// An address, as proxies write it: some add the port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().ok().map(|address: std::net::SocketAddr| address.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let address = text.parse().ok().or_else(with_port).or_else(bracketed)?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        #[rustfmt::skip]
        let cases = [
            ("10.0.0.0/8",     "10.255.0.1",  Some(true),  "inside"),
            ("10.0.0.0/8",     "11.0.0.1",    Some(false), "outside"),
            ("10.0.0.7",       "10.0.0.7",    Some(true),  "one address"),
            ("10.0.0.7",       "10.0.0.6",    Some(false), "another"),
            ("0.0.0.0/0",      "192.0.2.1",   Some(true),  "all"),
            ("0.0.0.0/0",      "2001:db8::1", Some(false), "all of one kind"),
            ("2001:db8::/32",  "2001:db8::1", Some(true),  "the longer kind"),
            ("2001:db8::/32",  "2001:db9::1", Some(false), "outside"),
            ("10.0.0.0/33",    "10.0.0.1",    None,        "more bits than there are"),
            ("10.0.0.0/",      "10.0.0.1",    None,        "no number"),
            ("example.com",    "10.0.0.1",    None,        "a name"),
            ("",               "10.0.0.1",    None,        "empty"),
        ];
        for (network, address, expected, because) in cases {
            let network = network.parse::<Network>().ok();
            let holds = network.map(|network| network.holds(address.parse().unwrap()));
            assert_eq!(holds, expected, "{address}: {because}");
        }
    }

    fn told(peer: &str, headers: &[(&'static str, &str)]) -> Told {
        let networks = ["10.0.0.0/8", "2001:db8::/32"].map(|network| network.parse().unwrap());
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let peer = Peer { address: peer.parse().unwrap(), is_tls: false };
        TrustedProxies::new(networks.to_vec()).told(peer, &map)
    }

    /// The peer, the headers, who is believed to ask and whether in secret, and why.
    type Case<'a> = (&'a str, &'a [(&'static str, &'a str)], (&'a str, bool), &'a str);

    #[test]
    fn only_our_proxies_are_believed() {
        let (xff, proto, fwd) = (X_FORWARDED_FOR, X_FORWARDED_PROTO, "forwarded");
        #[rustfmt::skip]
        let cases: &[Case<'_>] = &[
            ("192.0.2.9", &[(xff, "198.51.100.1"), (proto, "https")], ("192.0.2.9", false),
             "a stranger says what it likes"),
            ("192.0.2.9", &[(fwd, "for=198.51.100.1;proto=https")],   ("192.0.2.9", false),
             "a stranger says what it likes, in the standard's words"),
            ("10.0.0.1",  &[],                                        ("10.0.0.1", false),
             "a proxy asks for itself"),
            ("10.0.0.1",  &[(xff, "198.51.100.1"), (proto, "https")], ("198.51.100.1", true),
             "a proxy asks for a client"),
            ("10.0.0.1",  &[(xff, "203.0.113.5, 198.51.100.1")],      ("198.51.100.1", false),
             "what the client wrote itself stands further left"),
            ("10.0.0.1",  &[(xff, "198.51.100.1, 10.0.0.2")],         ("198.51.100.1", false),
             "two proxies of ours"),
            ("10.0.0.1",  &[(xff, "198.51.100.1"), (xff, "10.0.0.2")], ("198.51.100.1", false),
             "a header each"),
            ("10.0.0.1",  &[(xff, "10.0.0.3, 10.0.0.2")],             ("10.0.0.3", false),
             "ours all the way"),
            ("10.0.0.1",  &[(xff, "198.51.100.1, unknown")],          ("unknown", false),
             "behind what cannot be read nothing is believed"),
            ("10.0.0.1",  &[(xff, "198.51.100.1:4711")],              ("198.51.100.1", false),
             "with a port"),
            ("10.0.0.1",  &[(xff, "[2001:db9::1]:443")],              ("2001:db9::1", false),
             "with brackets and a port"),
            ("10.0.0.1",  &[(xff, "::ffff:198.51.100.1")],            ("198.51.100.1", false),
             "an old address in a new coat"),
            ("10.0.0.1",  &[(proto, "https, http")],                  ("10.0.0.1", false),
             "our own proxy was not asked in secret"),
            ("10.0.0.1",  &[(fwd, "for=198.51.100.1;proto=https")],   ("198.51.100.1", true),
             "the standard's words"),
            ("10.0.0.1",  &[(fwd, "for=203.0.113.5;proto=https, for=198.51.100.1;proto=http, for=10.0.0.2")],
             ("198.51.100.1", false), "a list, believed from its end"),
            ("10.0.0.1",  &[(fwd, "for=198.51.100.1, for=_hidden")],  ("unknown", false),
             "a proxy that hides whom it was asked by"),
            ("10.0.0.1",  &[(fwd, "for=198.51.100.1;proto")],         ("unknown", false),
             "words that cannot be read"),
            ("10.0.0.1",  &[(xff, "198.51.100.1"), (fwd, "for=203.0.113.5;proto=https")], ("198.51.100.1", false),
             "a client's own words, which a proxy that writes others passed on"),
        ];
        for (peer, headers, (address, is_tls), because) in cases {
            let told = told(peer, headers);
            let known = told.address.map_or("unknown".to_owned(), |address| address.to_string());
            assert_eq!((known, told.is_tls), ((*address).to_owned(), *is_tls), "{because}");
        }
    }

    #[test]
    fn proxies_say_which_host_and_port_they_were_asked_for() {
        type Case<'a> =
            (&'a str, &'a [(&'static str, &'a str)], Option<&'a str>, Option<&'a str>, &'a str);
        let (host, port, fwd) = (X_FORWARDED_HOST, X_FORWARDED_PORT, "forwarded");
        #[rustfmt::skip]
        let cases: &[Case<'_>] = &[
            ("192.0.2.9", &[(host, "a.example"), (port, "443")], None,              None,         "a stranger"),
            ("192.0.2.9", &[(fwd, "host=a.example")],            None,              None,         "a stranger"),
            ("10.0.0.1",  &[(host, "a.example"), (port, "443")], Some("a.example"), Some("443"),  "both"),
            ("10.0.0.1",  &[(host, "b.example, a.example")],     Some("a.example"), None,         "the last of a list"),
            ("10.0.0.1",  &[(port, "443"), (port, "8443")],      None,              Some("8443"), "the last header"),
            ("10.0.0.1",  &[(host, ""), (port, " ")],            None,              None,         "empty is not said"),
            ("10.0.0.1",  &[(fwd, "host=b.example, host=\"a.example:8443\"")], Some("a.example:8443"), None, "the standard's words"),
            ("10.0.0.1",  &[(fwd, "host=b.example, for=10.0.0.2")], None,           None,         "the last does not say"),
            ("10.0.0.1",  &[(port, "443"), (fwd, "host=b.example")], None,          Some("443"),  "one family of headers"),
        ];
        for (peer, headers, host, port, because) in cases {
            let told = told(peer, headers);
            assert_eq!((told.host.as_deref(), told.port.as_deref()), (*host, *port), "{because}");
        }
    }
}
