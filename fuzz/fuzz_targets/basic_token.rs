//! An `Authorization` header at the registry door: no token opens that was not issued.

#![no_main]

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use identity::basic;
use identity::registry_token::RegistryTokens;
use libfuzzer_sys::fuzz_target;
use names::{SealingKey, Timestamp};

fuzz_target!(|header: &[u8]| {
    let tokens = RegistryTokens::new(&SealingKey::from_bytes([7; 32]));
    let now = Timestamp::from_seconds(1_700_000_000);
    if let Ok(value) = HeaderValue::from_bytes(header) {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, value)]);
        if let Some(Ok(credentials)) = basic::credentials(&headers) {
            assert!(tokens.open(credentials.password(), now).is_err());
        }
    }
    if let Ok(password) = str::from_utf8(header) {
        assert!(tokens.open(password, now).is_err());
    }
});
