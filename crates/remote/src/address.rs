use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether the address is public. Addresses reserved for any other purpose are not.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        // Carriers' own (RFC 6598), protocol assignments (RFC 6890), benchmarks (RFC 2544).
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b));
    !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let segments = address.segments();
    match segments {
        // Addresses of version 4, translated (RFC 6052) or tunnelled (RFC 3056).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        // Teredo, benchmarks and the like (RFC 2928), and documentation (RFC 3849, RFC 9637).
        [0x2001, 0..0x200 | 0xdb8, ..] | [0x3fff, 0..0x1000, ..] => false,
        // All that is handed out for the public internet is in here (RFC 4291).
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        #[rustfmt::skip]
        let cases = [
            ("140.82.112.3",           true,  "the usual"),
            ("2606:50c0:8000::153",    true,  "the usual, in version 6"),
            ("64:ff9b::8c52:7003",     true,  "a public address, translated"),
            ("127.0.0.1",              false, "ourselves"),
            ("127.8.8.8",              false, "ourselves by another name"),
            ("::1",                    false, "ourselves in version 6"),
            ("0.0.0.0",                false, "ourselves on Linux"),
            ("::",                     false, "ourselves on Linux in version 6"),
            ("10.1.2.3",               false, "private"),
            ("172.16.0.1",             false, "private"),
            ("172.32.0.1",             true,  "just beside"),
            ("192.168.1.1",            false, "private"),
            ("169.254.169.254",        false, "where clouds keep credentials"),
            ("fd00:ec2::254",          false, "where clouds keep credentials, in version 6"),
            ("fe80::1",                false, "this link"),
            ("fec0::1",                false, "this site"),
            ("100.64.0.1",             false, "a carrier's own"),
            ("198.18.0.1",             false, "benchmarks"),
            ("192.0.2.1",              false, "documentation"),
            ("224.0.0.1",              false, "many at once"),
            ("255.255.255.255",        false, "everyone"),
            ("240.0.0.1",              false, "for the future"),
            ("::ffff:127.0.0.1",       false, "ourselves, mapped"),
            ("::ffff:140.82.112.3",    true,  "a public address, mapped"),
            ("64:ff9b::7f00:1",        false, "ourselves, translated"),
            ("64:ff9b:1::1",           false, "translated locally"),
            ("2002:a00:1::1",          false, "private, tunnelled"),
            ("2001:0:1::1",            false, "Teredo"),
            ("2001:db8::1",            false, "documentation"),
            ("ff02::1",                false, "many at once, in version 6"),
        ];
        for (address, public, because) in cases {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}: {because}");
        }
    }
}
