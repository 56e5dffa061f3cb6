//! `{"cidr": "10.0.0.0/24"}`: addresses of a network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The addresses whose first bits are those of another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cidr {
    V4 { network: u32, ignored: u32 },
    V6 { network: u128, ignored: u32 },
}

impl Cidr {
    /// The error is EventBridge's, which wants networks of two addresses and more.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let whole =
            text.split_once('/').filter(|(_, bits)| !bits.is_empty() && !bits.contains('/'));
        let (address, bits) = whole.ok_or_else(|| "Malformed CIDR, one '/' required".to_owned())?;
        let bits: i32 =
            bits.parse().map_err(|_| "Malformed CIDR, mask bits must be an integer".to_owned())?;
        let bits = u32::try_from(bits)
            .map_err(|_| "Malformed CIDR, mask bits must not be negative".to_owned())?;
        match read_address(address) {
            None if has_form(address) => Err(format!("Invalid IP address: {address}")),
            None => Err(format!("Nonstandard IP address: {address}")),
            Some(IpAddr::V4(_)) if bits >= 32 => Err("IPv4 mask bits must be < 32".to_owned()),
            Some(IpAddr::V6(_)) if bits >= 128 => Err("IPv6 mask bits must be < 128".to_owned()),
            Some(IpAddr::V4(address)) => {
                let ignored = 32 - bits;
                Ok(Self::V4 { network: first_bits_v4(address, ignored), ignored })
            }
            Some(IpAddr::V6(address)) => {
                let ignored = 128 - bits;
                Ok(Self::V6 { network: first_bits_v6(address, ignored), ignored })
            }
        }
    }

    pub(super) fn holds(self, text: &str) -> bool {
        match (self, read_address(text)) {
            (Self::V4 { network, ignored }, Some(IpAddr::V4(address))) => {
                first_bits_v4(address, ignored) == network
            }
            (Self::V6 { network, ignored }, Some(IpAddr::V6(address))) => {
                first_bits_v6(address, ignored) == network
            }
            _ => false,
        }
    }
}

/// An address as patterns and events write it: four decimal numbers, which may begin with zeros, or
/// hexadecimal ones between colons.
fn read_address(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        let is_plain = text.bytes().all(|byte| byte == b':' || byte.is_ascii_hexdigit());
        return text.parse::<Ipv6Addr>().ok().filter(|_| is_plain).map(IpAddr::V6);
    }
    let mut octets = [0; 4];
    for (octet, part) in octets.iter_mut().zip(text.split('.')) {
        *octet = part.parse().ok()?;
    }
    has_form(text).then(|| IpAddr::V4(Ipv4Addr::from(octets)))
}

/// Is it like an address, though its numbers are too large?
fn has_form(text: &str) -> bool {
    let is_octet =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    text.split('.').count() == 4 && text.split('.').all(is_octet)
}

fn first_bits_v4(address: Ipv4Addr, ignored: u32) -> u32 {
    address.to_bits().checked_shr(ignored).unwrap_or_default()
}

fn first_bits_v6(address: Ipv6Addr, ignored: u32) -> u128 {
    address.to_bits().checked_shr(ignored).unwrap_or_default()
}
