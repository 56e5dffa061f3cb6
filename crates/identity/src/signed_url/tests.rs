use std::sync::Arc;

use names::{AccountId, Principal, Region, Session, SessionOrigin};

use super::*;
use crate::AccessKeyId;

const PATH: &str = "/layers/123456789012/us-east-1/web/sha256:abc";
const LIFE: Duration = Duration::from_secs(1_000);

fn urls(byte: u8) -> SignedUrls {
    SignedUrls::new(&SealingKey::from_bytes([byte; 32]))
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn caller() -> Caller {
    Caller {
        principal: Principal::Root { account: AccountId::parse("123456789012").unwrap() },
        access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
        region: Region::parse("us-east-1").unwrap(),
        session: None,
    }
}

fn signed() -> String {
    urls(3).sign(PATH, &caller(), at(0), LIFE, [7; NONCE_LEN])
}

#[test]
fn a_signed_url_says_whom_it_was_given_until_it_expires() {
    for now in [0, 999] {
        let claims = urls(3).open(PATH, &signed(), at(now)).unwrap();
        assert_eq!(claims.into_caller(caller().principal), caller(), "at {now}");
    }
    for now in [1_000, 9_999] {
        assert_eq!(urls(3).open(PATH, &signed(), at(now)), Err(UrlRefusal::Expired), "at {now}");
    }
}

#[test]
fn a_signed_url_ends_with_the_session_that_asked() {
    let session = Session {
        issued_at: at(0),
        ends_at: at(60),
        origin: SessionOrigin::SessionToken,
        policy: None,
        policy_arns: Vec::new(),
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        scopes: Vec::new(),
    };
    let caller = Caller { session: Some(Arc::new(session)), ..caller() };
    let query = urls(3).sign(PATH, &caller, at(0), LIFE, [7; NONCE_LEN]);
    let opened = urls(3).open(PATH, &query, at(59)).unwrap().into_caller(caller.principal.clone());
    assert_eq!(opened, caller, "with everything that limits the session");
    assert_eq!(urls(3).open(PATH, &query, at(60)), Err(UrlRefusal::Expired));
}

#[test]
fn a_url_opens_one_path_under_one_key() {
    let other = "/layers/123456789012/us-east-1/web/sha256:abd";
    assert_eq!(urls(3).open(other, &signed(), at(0)), Err(UrlRefusal::Altered));
    assert_eq!(urls(4).open(PATH, &signed(), at(0)), Err(UrlRefusal::Altered));
}

#[test]
fn a_grant_is_no_registry_token_and_a_registry_token_no_grant() {
    let key = SealingKey::from_bytes([3; 32]);
    let tokens = crate::registry_token::RegistryTokens::new(&key);
    let password = tokens.issue(&caller(), at(0), [7; NONCE_LEN]).password;
    let grant = format!("grant={password}");
    assert_eq!(urls(3).open(PATH, &grant, at(0)), Err(UrlRefusal::Altered));
    let grant = signed();
    assert!(tokens.open(grant.strip_prefix("grant=").unwrap(), at(0)).is_err());
}

#[test]
fn no_letter_of_a_grant_can_be_changed() {
    let query = signed();
    for place in "grant=".len()..query.len() {
        let letter = if &query[place..=place] == "A" { "B" } else { "A" };
        let mut changed = query.clone();
        changed.replace_range(place..=place, letter);
        // Expired, for an altered one is altered before it is anything else.
        let refused = urls(3).open(PATH, &changed, at(2_000));
        assert_eq!(refused, Err(UrlRefusal::Altered), "at {place}");
    }
}

#[test]
fn queries_that_are_not_of_our_making() {
    use UrlRefusal::{Altered, Malformed};
    let good = signed();
    #[rustfmt::skip]
    let cases = [
        (String::new(),                                Malformed, "empty"),
        ("grant=".to_owned(),                          Malformed, "no grant"),
        ("expires=1&signature=AAAA".to_owned(),        Malformed, "another signature"),
        (format!("x=1&{good}"),                        Malformed, "something before"),
        (format!("{good}&x=1"),                        Altered,   "something more"),
        (format!("{good}="),                           Altered,   "padding"),
        (good[..good.len() - 2].to_owned(),            Altered,   "cut short"),
        (format!("{good}{}", "A".repeat(4_096)),       Altered,   "too long"),
    ];
    for (query, expected, because) in cases {
        assert_eq!(urls(3).open(PATH, &query, at(0)), Err(expected), "{query:?}: {because}");
    }
}
