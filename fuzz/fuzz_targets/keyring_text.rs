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
            // A text may be a part of what every refusal says.
            let others = Keyring::parse("x").map(drop).expect_err("it is no key").to_string();
            let text = text.trim();
            let is_told = text.len() > 16 && !others.contains(text);
            assert!(!is_told || !refused.to_string().contains(text), "{refused}");
        }
    }
});
