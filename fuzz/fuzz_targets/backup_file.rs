//! Files of a backup: a forged file never opens, whatever it contains, and rows that unpack are
//! rows.

#![no_main]

use keys::Keyring;
use libfuzzer_sys::fuzz_target;
use operations::backup::fuzzing::{manifest, rows};

const SECRET: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fuzz_target!(|input: (&str, &[u8])| {
    let (name, bytes) = input;
    let keyring = Keyring::parse(SECRET).expect("64 digits");
    assert_ne!(manifest(&keyring, name, bytes), Some(true), "a stranger's");
    let sealed = [b"LSBACKUP\x02", bytes].concat();
    assert_eq!(manifest(&keyring, "20261121T020000Z", &sealed), None, "a stranger's");
    // What an older version left, or what a stranger put there, is read without a seal.
    let _ = manifest(&keyring, "20261121T020000Z", bytes);
    let _ = rows(bytes);
});
