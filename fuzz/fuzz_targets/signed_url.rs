#![no_main]
//! Signed URLs: a stranger's query opens nothing, ours opens its own path.

use identity::signed_url::{UrlRefusal, sign, verify};
use libfuzzer_sys::fuzz_target;
use names::{SealingKey, Timestamp};

fuzz_target!(|input: (&str, &str, i64)| {
    let (path, other, seconds) = input;
    let key = SealingKey::from_bytes([7; 32]);
    let now = Timestamp::from_seconds(1_700_000_000);
    assert!(verify(&key, path, other, now).is_err(), "a stranger's");

    let expires_at = Timestamp::from_seconds(seconds);
    let query = sign(&key, path, expires_at);
    let in_time = now.as_seconds() < expires_at.as_seconds();
    let expected = if in_time { Ok(()) } else { Err(UrlRefusal::Expired) };
    assert_eq!(verify(&key, path, &query, now), expected);
    if path != other {
        assert_eq!(verify(&key, other, &query, now), Err(UrlRefusal::Altered));
    }
});
