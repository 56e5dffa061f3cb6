use std::sync::Arc;

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue};
use names::{AccountId, Principal, Region, Session, SessionOrigin};
use proptest::prelude::*;

use super::*;
use crate::{AccessKeyId, basic};

fn now() -> Timestamp {
    Timestamp::from_seconds(1_700_000_000)
}

const HOUR: Duration = Duration::from_hours(1);
const SECOND: Duration = Duration::from_secs(1);

fn caller() -> Caller {
    Caller {
        principal: Principal::Root { account: AccountId::parse("123456789012").unwrap() },
        access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
        region: Region::parse("us-east-1").unwrap(),
        session: None,
    }
}

fn tokens(byte: u8) -> RegistryTokens {
    RegistryTokens::new(&SealingKey::from_bytes([byte; 32]))
}

#[test]
fn a_token_says_who_asked_for_twelve_hours() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    assert_eq!(issued.expires_at, now().plus(12 * HOUR));
    let last = now().plus(12 * HOUR).minus(SECOND);
    let claims = tokens(1).open(&issued.password, last).unwrap();
    assert_eq!(claims.issued_at, now());
    assert_eq!(claims.require_region(&caller().region), Ok(()));
    assert_eq!(claims.into_caller(caller().principal), caller());
}

#[test]
fn a_token_expires() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    let opened = tokens(1).open(&issued.password, issued.expires_at);
    assert_eq!(opened, Err(TokenRefusal::Expired));
}

fn session() -> Session {
    Session {
        issued_at: now(),
        ends_at: now().plus(HOUR),
        origin: SessionOrigin::SessionToken,
        policy: None,
        policy_arns: Vec::new(),
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        scopes: Vec::new(),
    }
}

#[test]
fn a_token_ends_with_the_session_that_asked() {
    let caller = Caller { session: Some(Arc::new(session())), ..caller() };
    let issued = tokens(1).issue(&caller, now(), [9; 12]);
    assert_eq!(issued.expires_at, now().plus(HOUR));
}

#[test]
fn a_token_carries_the_session_that_asked() {
    let tags = vec![("team".to_owned(), "red".to_owned())];
    let session = Session { tags, policy: Some("{}".to_owned()), ..session() };
    let caller = Caller { session: Some(Arc::new(session)), ..caller() };
    let issued = tokens(1).issue(&caller, now(), [9; 12]);
    let claims = tokens(1).open(&issued.password, now()).unwrap();
    assert_eq!(claims.session.as_ref().unwrap().principal, caller.principal.id());
    assert_eq!(claims.into_caller(caller.principal.clone()), caller);
}

#[test]
fn a_token_is_good_in_one_region() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    let claims = tokens(1).open(&issued.password, now()).unwrap();
    let other = Region::parse("us-west-2").unwrap();
    assert_eq!(claims.require_region(&other), Err(TokenRefusal::OtherRegion));
}

#[test]
fn a_token_opens_under_its_own_key_only() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    assert_eq!(tokens(2).open(&issued.password, now()), Err(TokenRefusal::Malformed));
}

#[test]
fn no_bit_of_a_token_can_be_changed() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    let token = URL_SAFE_NO_PAD.decode(&issued.password).unwrap();
    for bit in 0..token.len() * 8 {
        let mut changed = token.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let opened = tokens(1).open(&URL_SAFE_NO_PAD.encode(changed), now());
        assert_eq!(opened, Err(TokenRefusal::Malformed), "bit {bit}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let long = "A".repeat(100_000);
    for password in ["", "AQ", "secret", "AQ==", "ä", &long] {
        assert_eq!(tokens(1).open(password, now()), Err(TokenRefusal::Malformed), "{password:.9}");
    }
}

#[test]
fn the_longest_token_is_far_below_two_thousand_bytes() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    assert!(issued.password.len() < 200, "{}", issued.password.len());
    let longest = Caller {
        access_key_id: AccessKeyId::parse(&"A".repeat(128)).unwrap(),
        region: Region::parse(&"a".repeat(63)).unwrap(),
        ..caller()
    };
    let issued = tokens(1).issue(&longest, now(), [9; 12]);
    assert!(issued.authorization_token().len() < 500, "{}", issued.authorization_token().len());
    assert!(tokens(1).open(&issued.password, now()).is_ok());
}

#[test]
fn the_authorization_token_is_a_basic_header() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    let header = format!("Basic {}", issued.authorization_token());
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::from_str(&header).unwrap());
    let credentials = basic::credentials(&headers).unwrap().unwrap();
    assert_eq!(credentials.password(), issued.password);
}

#[test]
fn a_password_does_not_show_in_debug() {
    let issued = tokens(1).issue(&caller(), now(), [9; 12]);
    assert!(!format!("{issued:?}").contains(&issued.password[20..]));
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_altered_token_is_refused(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let caller = Caller { session: Some(Arc::new(session())), ..caller() };
        let good = tokens(1).issue(&caller, now(), [9; 12]).password;
        let mut altered = good.clone().into_bytes();
        let at = at.index(altered.len());
        altered[at] = to;
        if let Ok(altered) = String::from_utf8(altered) {
            prop_assert_eq!(tokens(1).open(&altered, now()).is_ok(), altered == good);
        }
    }
}
