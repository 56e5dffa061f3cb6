//! The text of a keyring, from a file or a variable: what can be read has a root key that seals,
//! and what cannot is never repeated in the refusal.

#![no_main]

use keys::Keyring;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Keyring::parse(text) {
        Ok(keyring) => {
            let sealed = keyring.seal("purpose", "context", b"content");
            let opened = keyring.open("purpose", "context", &sealed).expect("it was just sealed");
            assert_eq!(opened.as_slice(), b"content");
        }
        Err(refused) => {
            let is_long = text.trim().len() > 16;
            assert!(!is_long || !refused.to_string().contains(text.trim()), "{refused}");
        }
    }
});
