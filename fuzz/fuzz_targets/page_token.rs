//! Page tokens: a forged one never opens; ours opens only in its own list.

#![no_main]

use identity::page_token::{open, seal};
use libfuzzer_sys::fuzz_target;
use names::SealingKey;

fuzz_target!(|input: (&str, &str, &[u8])| {
    let (context, other, payload) = input;
    let key = SealingKey::from_bytes([7; 32]);
    assert!(open(&key, context, other).is_err(), "a stranger's");

    let payload = &payload[..payload.len().min(1_024)];
    let token = seal(&key, context, payload);
    assert_eq!(open(&key, context, &token).as_deref(), Ok(payload));
    assert_eq!(open(&key, other, &token).is_ok(), context == other);
});
