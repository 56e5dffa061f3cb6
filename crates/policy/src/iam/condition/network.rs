use std::net::IpAddr;

use crate::iam::context::Value;

/// Addresses with the same first bits: `10.0.0.0/8`, `2001:db8::/32`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    address: IpAddr,
    prefix_bits: u32,
}

/// The address that a value is.
pub(crate) fn address_of(value: &Value<'_>) -> Option<IpAddr> {
    let address = match value {
        Value::Address(address) => *address,
        Value::Text(text) => text.parse().ok()?,
        Value::Bool(_) | Value::Integer(_) | Value::Moment(_) | Value::EpochSeconds(_) => {
            return None;
        }
    };
    // An IPv4 address stays one even if a socket writes it as an IPv6 address.
    Some(address.to_canonical())
}

impl Network {
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let bits_max = if address.is_ipv4() { 32 } else { 128 };
        let prefix_bits = match bits {
            None => bits_max,
            Some(bits) => {
                let is_number =
                    (1..=3).contains(&bits.len()) && bits.bytes().all(|b| b.is_ascii_digit());
                bits.parse().ok().filter(|bits| is_number && *bits <= bits_max)?
            }
        };
        Some(Self { address, prefix_bits })
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let differ = network.to_bits() ^ address.to_bits();
                differ.checked_shr(32 - self.prefix_bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let differ = network.to_bits() ^ address.to_bits();
                differ.checked_shr(128 - self.prefix_bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        #[rustfmt::skip]
        let cases = [
            ("10.0.0.0/8",        "10.1.2.3",         true,  "inside"),
            ("10.0.0.0/8",        "11.0.0.0",         false, "outside"),
            ("10.9.9.9/8",        "10.1.2.3",         true,  "bits behind the prefix say nothing"),
            ("0.0.0.0/0",         "192.0.2.1",        true,  "every IPv4 address"),
            ("0.0.0.0/0",         "2001:db8::1",      false, "but no IPv6 address"),
            ("::/0",              "2001:db8::1",      true,  "every IPv6 address"),
            ("::/0",              "192.0.2.1",        false, "but no IPv4 address"),
            ("192.0.2.1",         "192.0.2.1",        true,  "one address"),
            ("192.0.2.1",         "192.0.2.2",        false, "another"),
            ("192.0.2.0/31",      "192.0.2.1",        true,  "two addresses"),
            ("2001:db8::/32",     "2001:db8:ffff::1", true,  "inside"),
            ("2001:db8::/33",     "2001:db8:ffff::1", false, "outside"),
            ("2001:DB8::1",       "2001:db8:0::1",    true,  "spelt otherwise"),
            ("10.0.0.0/8",        "::ffff:10.1.2.3",  true,  "IPv4 as a socket may write it"),
        ];
        for (network, address, inside, because) in cases {
            let network = Network::read(network).unwrap();
            let address = address_of(&Value::from(address)).unwrap();
            assert_eq!(network.contains(address), inside, "{network:?} {address}: {because}");
        }
        for text in [
            "",
            "/8",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0/8",
            "::/129",
            "10.0.0.0/+8",
            "a",
            "10.0.0.0/8/8",
        ] {
            assert_eq!(Network::read(text), None, "{text}");
        }
    }
}
