//! Errata of rpm repositories: each that is read is of security and affects something.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{Ecosystem, read_updateinfo};

fuzz_target!(|bytes: &[u8]| {
    let ecosystem: Ecosystem = "Amazon Linux:2023".parse().expect("a known ecosystem");
    let _ = read_updateinfo(bytes, &ecosystem, |advisory| {
        assert!(!advisory.affected.is_empty());
        assert!(advisory.affected.iter().all(|affected| *affected.key.ecosystem() == ecosystem));
    });
});
