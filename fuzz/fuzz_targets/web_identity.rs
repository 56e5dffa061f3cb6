//! Tokens, keys and discovery documents of identity providers: no input is authenticated.

#![no_main]

use identity::web_identity::{PresentedToken, VerificationKeys, jwks_uri};
use libfuzzer_sys::fuzz_target;
use names::Timestamp;

fuzz_target!(|input: (&str, &[u8], &[u8])| {
    let (token, keys, document) = input;
    let now = Timestamp::from_seconds(1_700_000_000);
    let issuer = "https://issuer.example.com";
    if let Ok(uri) = jwks_uri(document, issuer) {
        assert!(!document.is_empty() && uri.len() <= document.len());
    }
    let keys = VerificationKeys::parse(keys);
    let audiences = ["sts.amazonaws.com".to_owned()];
    if let (Ok(token), Ok(keys)) = (PresentedToken::parse(token), keys) {
        // The clock stands before the token's end or it does not: neither may panic.
        let _ = token.require_claims(issuer, &audiences, now);
        assert!(token.verify(&keys, &audiences).is_err(), "it is not signed");
    }
});
