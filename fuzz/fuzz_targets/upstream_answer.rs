//! What an upstream registry answers besides images: how it wants to be asked, its tokens, and
//! where it redirects to. No answer makes a header that says more than a token, and none leads from
//! TLS to a place without.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| {
    let (text, document) = input;
    assert!(remote::fuzzing::challenges(text) <= text.len());
    if let Some(header) = remote::fuzzing::token(document) {
        assert!(header.starts_with(b"Bearer ") && !header.contains(&b'\n'));
    }
    if let Some(url) = remote::fuzzing::redirect("registry.example.com", text) {
        let place = url.strip_prefix("https://").expect("a place with TLS");
        let authority = place.split(['/', '?', '#']).next().unwrap_or_default();
        assert!(!authority.contains('@'), "{url}");
    }
});
