//! Ciphertexts: whatever the bytes are, they name a key and a material or are no ciphertext.

#![no_main]

use kms::Ciphertext;
use libfuzzer_sys::fuzz_target;
use names::{KmsKeyId, MaterialId};

fuzz_target!(|bytes: &[u8]| {
    if let Some(read) = Ciphertext::parse(bytes) {
        assert!((93..=6_144).contains(&bytes.len()));
        let (key, material) = (read.key(), read.material());
        assert_eq!(key.to_bytes(), bytes[1..17]);
        assert_eq!(material.to_bytes(), bytes[17..49]);
        assert_eq!(KmsKeyId::parse(key.as_str()).as_ref(), Ok(&key));
        assert_eq!(MaterialId::parse(material.as_str()).as_ref(), Ok(&material));
    }
});
