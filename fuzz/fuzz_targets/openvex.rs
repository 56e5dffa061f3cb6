//! Documents of OpenVEX: an excuse is a short text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use names::Digest;
use scan::parse_openvex;

fuzz_target!(|bytes: &[u8]| {
    for statement in parse_openvex(bytes, &Digest::sha256(b"image")).unwrap_or_default() {
        assert!(statement.excuse.is_none_or(|excuse| excuse.chars().count() <= 512));
    }
});
