//! Tokens of grants: whatever the text is, it names a key and a grant or is no token.

#![no_main]

use kms::GrantToken;
use libfuzzer_sys::fuzz_target;
use names::{GrantId, KmsKeyId};

fuzz_target!(|text: &str| {
    if let Some(token) = GrantToken::parse(text) {
        assert!(text.is_ascii());
        assert_eq!(KmsKeyId::parse(token.key.as_str()).as_ref(), Ok(&token.key));
        assert_eq!(GrantId::parse(token.grant.as_str()).as_ref(), Ok(&token.grant));
        // Its hash is not shown.
        assert!(!format!("{token:?}").contains(text));
    }
});
