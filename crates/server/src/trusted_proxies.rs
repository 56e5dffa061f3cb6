//! Whom a request comes from, where proxies stand before the server.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use http::HeaderMap;

use crate::guard::Peer;

const X_FORWARDED_FOR: &str = "x-forwarded-for";
const X_FORWARDED_PROTO: &str = "x-forwarded-proto";

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

/// Proxies that are believed when they say for whom they ask. Anybody else could say what they like.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// All in these networks.
    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    /// Who asks, if it can be told, and whether in secret: what the connection says, or the proxies at its other end.
    pub(crate) fn client(&self, peer: Peer, headers: &HeaderMap) -> (Option<IpAddr>, bool) {
        if !self.trusts(peer.address) {
            return (Some(peer.address), peer.is_tls);
        }
        let address = self.forwarded_for(peer.address, headers);
        let proto = headers.get_all(X_FORWARDED_PROTO).iter().next_back();
        let is_tls = match proto.and_then(|proto| proto.to_str().ok()) {
            // Of several, the last is what our own proxy saw.
            Some(proto) => proto
                .rsplit(',')
                .next()
                .is_some_and(|last| last.trim().eq_ignore_ascii_case("https")),
            None => peer.is_tls,
        };
        (address, is_tls)
    }

    /// Each proxy appends whom it was asked by, so the list is believed from its end, and no further than the first
    /// that is not a proxy of ours.
    fn forwarded_for(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        let mut client = peer;
        for value in headers.get_all(X_FORWARDED_FOR).iter().rev() {
            for hop in value.to_str().unwrap_or_default().rsplit(',') {
                client = address(hop.trim())?;
                if !self.trusts(client) {
                    return Some(client);
                }
            }
        }
        Some(client)
    }

    /// Is this one of them?
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }
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

    fn client(peer: &str, headers: &[(&'static str, &str)]) -> (String, bool) {
        let networks = ["10.0.0.0/8", "2001:db8::/32"].map(|network| network.parse().unwrap());
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let peer = Peer { address: peer.parse().unwrap(), is_tls: false };
        let client = TrustedProxies::new(networks.to_vec()).client(peer, &map);
        (client.0.map_or("nobody".to_owned(), |address| address.to_string()), client.1)
    }

    /// The peer, the headers, who is believed to ask and whether in secret, and why.
    type Case<'a> = (&'a str, &'a [(&'static str, &'a str)], (&'a str, bool), &'a str);

    #[test]
    fn only_our_proxies_are_believed() {
        let (xff, proto) = (X_FORWARDED_FOR, X_FORWARDED_PROTO);
        #[rustfmt::skip]
        let cases: &[Case<'_>] = &[
            ("192.0.2.9", &[(xff, "198.51.100.1"), (proto, "https")], ("192.0.2.9", false),
             "a stranger says what it likes"),
            ("10.0.0.1",  &[],                                        ("10.0.0.1", false),
             "a proxy asks for itself"),
            ("10.0.0.1",  &[(xff, "198.51.100.1"), (proto, "https")], ("198.51.100.1", true),
             "a proxy asks for somebody"),
            ("10.0.0.1",  &[(xff, "203.0.113.5, 198.51.100.1")],      ("198.51.100.1", false),
             "what the client wrote itself stands further left"),
            ("10.0.0.1",  &[(xff, "198.51.100.1, 10.0.0.2")],         ("198.51.100.1", false),
             "two proxies of ours"),
            ("10.0.0.1",  &[(xff, "198.51.100.1"), (xff, "10.0.0.2")], ("198.51.100.1", false),
             "a header each"),
            ("10.0.0.1",  &[(xff, "10.0.0.3, 10.0.0.2")],             ("10.0.0.3", false),
             "ours all the way"),
            ("10.0.0.1",  &[(xff, "198.51.100.1, unknown")],          ("nobody", false),
             "behind what cannot be read nothing is believed"),
            ("10.0.0.1",  &[(xff, "198.51.100.1:4711")],              ("198.51.100.1", false),
             "with a port"),
            ("10.0.0.1",  &[(xff, "[2001:db9::1]:443")],              ("2001:db9::1", false),
             "with brackets and a port"),
            ("10.0.0.1",  &[(xff, "::ffff:198.51.100.1")],            ("198.51.100.1", false),
             "an old address in a new coat"),
            ("10.0.0.1",  &[(proto, "https, http")],                  ("10.0.0.1", false),
             "our own proxy was not asked in secret"),
        ];
        for (peer, headers, (address, is_tls), because) in cases {
            assert_eq!(client(peer, headers), ((*address).to_owned(), *is_tls), "{because}");
        }
    }
}
