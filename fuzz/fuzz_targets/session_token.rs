//! Session tokens: a forged one never opens, and ours returns what we sealed.

#![no_main]

use identity::session_token::{RANDOM_SIZE_BYTES, SessionTokens, TOKEN_LENGTH_MAX};
use libfuzzer_sys::fuzz_target;
use names::{AccountId, PrincipalId, SealingKey, Session, SessionOrigin, Timestamp};

/// A client's token; then a session's policy, tags and scopes, and the least length of its token.
type Sent<'a> = (&'a str, Option<&'a str>, Vec<(&'a str, &'a str)>, Vec<&'a str>, u16);

fuzz_target!(|input: Sent<'_>| {
    let (stranger, policy, tags, scopes, length_min) = input;
    let tokens = SessionTokens::new(&SealingKey::from_bytes([7; 32]));
    let now = Timestamp::from_seconds(1_700_000_000);
    assert!(tokens.open(stranger, now).is_err(), "a stranger's");

    let session = Session {
        issued_at: now,
        ends_at: Timestamp::from_seconds(1_700_003_600),
        origin: SessionOrigin::SessionToken,
        policy: policy.map(str::to_owned),
        policy_arns: Vec::new(),
        tags: tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    };
    let account = AccountId::parse("123456789012").expect("twelve digits");
    let principal = PrincipalId::Root { account };
    let random = [9; RANDOM_SIZE_BYTES];
    let length_min = usize::from(length_min);
    if let Ok(issued) = tokens.issue(principal.clone(), session.clone(), length_min, random) {
        assert!(issued.token.len() <= TOKEN_LENGTH_MAX);
        assert!(issued.token.len() >= length_min.min(TOKEN_LENGTH_MAX));
        let opened = tokens.open(&issued.token, now).expect("ours");
        assert_eq!(opened.access_key_id, issued.access_key_id);
        assert_eq!(opened.claims.principal, principal);
        assert_eq!(opened.claims.session.tags, session.tags);
    }
});
