use std::time::Duration;

use names::{AccountId, IdKind, PolicyArn, SessionName, SessionOrigin, UniqueId};
use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    Timestamp::from_seconds(1_700_000_000)
}

const HOUR: Duration = Duration::from_hours(1);
const RANDOM: [u8; RANDOM_SIZE_BYTES] = [9; RANDOM_SIZE_BYTES];

fn account() -> AccountId {
    AccountId::parse("123456789012").unwrap()
}

fn role() -> PrincipalId {
    PrincipalId::AssumedRole {
        account: account(),
        role: UniqueId::from_random(IdKind::Role, [3; 17]),
        session: SessionName::parse("run-1").unwrap(),
    }
}

fn session(policy: Option<&str>) -> Session {
    Session {
        issued_at: now(),
        ends_at: now().plus(HOUR),
        origin: SessionOrigin::AssumeRole,
        policy: policy.map(str::to_owned),
        policy_arns: vec![PolicyArn::parse("arn:aws:iam::aws:policy/ReadOnlyAccess").unwrap()],
        tags: vec![("team".to_owned(), "red".to_owned())],
        transitive_tag_keys: vec!["team".to_owned()],
        source_identity: Some("alice".to_owned()),
        scopes: Vec::new(),
    }
}

fn tokens(byte: u8) -> SessionTokens {
    SessionTokens::new(&SealingKey::from_bytes([byte; 32]))
}

fn issue(policy: Option<&str>) -> IssuedSession {
    tokens(1).issue(role(), session(policy), 0, RANDOM).unwrap()
}

#[test]
fn a_token_says_whose_it_is_and_what_limits_it() {
    let user = UniqueId::from_random(IdKind::User, [2; 17]);
    let name = SessionName::parse("bob").unwrap();
    let principals = [
        PrincipalId::Root { account: account() },
        PrincipalId::User { account: account(), id: user.clone() },
        role(),
        PrincipalId::FederatedUser { account: account(), vouched_by: None, name: name.clone() },
        PrincipalId::FederatedUser { account: account(), vouched_by: Some(user), name },
    ];
    let provider = "arn:aws:iam::123456789012:oidc-provider/example.com/x".to_owned();
    let origins = [
        SessionOrigin::AssumeRole,
        SessionOrigin::RoleChaining,
        SessionOrigin::WebIdentity { provider },
        SessionOrigin::SessionToken,
        SessionOrigin::FederationToken,
    ];
    for principal in principals {
        for origin in &origins {
            let scopes = vec!["{\"a\":1}".to_owned(), "{\"b\":2}".to_owned()];
            let session = Session { origin: origin.clone(), scopes, ..session(Some("{}")) };
            let issued = tokens(1).issue(principal.clone(), session.clone(), 0, RANDOM).unwrap();
            let opened = tokens(1).open(&issued.token, now()).unwrap();
            assert_eq!(opened.access_key_id, issued.access_key_id);
            assert_eq!(opened.claims, SessionClaims { principal: principal.clone(), session });
            assert!(issued.access_key_id.as_str().starts_with("ASIA"));
            assert_eq!(issued.secret_access_key.len(), SECRET_LENGTH);
        }
    }
}

#[test]
fn a_token_expires() {
    let issued = issue(None);
    assert_eq!(issued.expires_at, now().plus(HOUR));
    let last = now().plus(HOUR).minus(Duration::from_secs(1));
    assert!(tokens(1).open(&issued.token, last).is_ok());
    let refused = tokens(1).open(&issued.token, issued.expires_at).unwrap_err();
    assert_eq!(refused, SessionRefusal::Expired);
}

#[test]
fn a_token_opens_under_its_own_key_only() {
    let issued = issue(None);
    assert_eq!(tokens(2).open(&issued.token, now()).unwrap_err(), SessionRefusal::Malformed);
}

#[test]
fn two_sessions_never_share_a_secret() {
    let other_nonce = [[9; 10].as_slice(), &[8; 12]].concat().try_into().unwrap();
    let other = tokens(1).issue(role(), session(None), 0, other_nonce).unwrap();
    assert_eq!(other.access_key_id, issue(None).access_key_id, "this part was the same");
    assert_ne!(other.secret_access_key, issue(None).secret_access_key);
    let elsewhere = tokens(2).issue(role(), session(None), 0, RANDOM).unwrap();
    assert_ne!(elsewhere.secret_access_key, issue(None).secret_access_key);
}

#[test]
fn no_bit_of_a_token_can_be_changed() {
    let token = URL_SAFE_NO_PAD.decode(issue(Some("{}")).token).unwrap();
    for bit in 0..token.len() * 8 {
        let mut changed = token.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let opened = tokens(1).open(&URL_SAFE_NO_PAD.encode(changed), now());
        assert_eq!(opened.unwrap_err(), SessionRefusal::Malformed, "bit {bit}");
    }
}

#[test]
fn what_is_no_session_token_is_refused() {
    let long = "A".repeat(100_000);
    let issued = issue(None).token;
    let cut = &issued[..issued.len() - 1];
    let padded = format!("{issued}=");
    let blank = format!(" {issued}");
    let twice = format!("{issued}{issued}");
    #[rustfmt::skip]
    let cases = [
        ("",          "empty"),
        ("AQ",        "a version and nothing"),
        ("AQ==",      "padded"),
        ("FwoGZXIvYXdzEBYaDH", "a token of AWS's"),
        ("not a token", "blanks"),
        ("ä",         "not ASCII"),
        (&long,       "too long to look into"),
        (cut,         "cut off"),
        (&padded,     "another spelling of a good one"),
        (&blank,      "a blank before a good one"),
        (&twice,      "two good ones"),
    ];
    for (token, because) in cases {
        let refused = tokens(1).open(token, now()).unwrap_err();
        assert_eq!(refused, SessionRefusal::Malformed, "{because}");
    }
}

#[test]
fn a_registry_token_is_no_session_token() {
    let key = SealingKey::from_bytes([1; 32]);
    let caller = crate::Caller {
        principal: names::Principal::Root { account: account() },
        access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
        region: names::Region::parse("us-east-1").unwrap(),
        session: None,
    };
    let registry = crate::registry_token::RegistryTokens::new(&key);
    let password = registry.issue(&caller, now(), [9; 12]).password;
    assert!(tokens(1).open(&password, now()).is_err());
    assert!(registry.open(&issue(None).token, now()).is_err());
}

/// Text that cannot be shrunk much: as JSON policies go, the worst.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let letter = |_| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'!' + u8::try_from((state >> 33) % 90).unwrap())
    };
    (0..length).map(letter).collect()
}

#[test]
fn what_does_not_fit_is_refused_when_the_session_begins() {
    let scopes = vec![noise(2_048); 3];
    let too_long = Session { scopes, ..session(Some(&noise(2_048))) };
    assert!(
        tokens(1).issue(role(), too_long, 0, RANDOM).is_ok(),
        "the same text again costs little"
    );
    let other = |from: usize| noise(4 * 2_048)[from * 2_048..(from + 1) * 2_048].to_owned();
    let too_long =
        Session { scopes: vec![other(1), other(2), other(3)], ..session(Some(&other(0))) };
    let refused = tokens(1).issue(role(), too_long, 0, RANDOM).unwrap_err();
    let size = refused.size_bytes.unwrap();
    assert!(size > TOKEN_LENGTH_MAX, "{size}");
    assert_eq!(
        refused.to_string(),
        format!(
            "Session token size of {size} bytes exceeds the maximum allowed size of 4096 bytes."
        )
    );
    let refused = tokens(1).issue(role(), session(Some(&noise(70_000))), 0, RANDOM).unwrap_err();
    assert_eq!(refused.size_bytes, None);
}

#[test]
fn a_token_is_as_long_as_its_client_asks_for() {
    for policy in [None, Some("{}".to_owned()), Some(noise(2_048))] {
        let unpadded = tokens(1).issue(role(), session(policy.as_deref()), 0, RANDOM).unwrap();
        let own = unpadded.token.len();
        let around = own.saturating_sub(3)..=own + 6;
        for length_min in
            (1..=TOKEN_LENGTH_MAX + 9).filter(|min| around.contains(min) || min % 511 < 5)
        {
            let session = session(policy.as_deref());
            let issued = tokens(1).issue(role(), session.clone(), length_min, RANDOM).unwrap();
            let length = issued.token.len();
            let wanted = length_min.min(TOKEN_LENGTH_MAX).max(own);
            assert!((wanted..=wanted + 2).contains(&length), "{length} for {length_min}");
            assert!(length <= TOKEN_LENGTH_MAX, "{length}");
            let opened = tokens(1).open(&issued.token, now()).unwrap();
            assert_eq!(opened.claims, SessionClaims { principal: role(), session });
            assert_eq!(opened.access_key_id, issued.access_key_id);
        }
    }
}

#[test]
fn the_longest_session_logs_in_to_a_registry() {
    let provider = format!("arn:aws:iam::123456789012:oidc-provider/{}", "h".repeat(247));
    let longest = Session {
        origin: SessionOrigin::WebIdentity { provider },
        source_identity: Some("s".repeat(256)),
        ..session(None)
    };
    let principal = names::Principal::AssumedRole {
        role: names::RoleIdentity {
            account: account(),
            id: UniqueId::from_random(IdKind::Role, [3; 17]),
            path: names::IamPath::root(),
            name: names::RoleName::parse("ci").unwrap(),
        },
        session: SessionName::parse(&"n".repeat(64)).unwrap(),
    };
    let (issued, session) = (1..8_192)
        .rev()
        .find_map(|length| {
            let scopes = vec![noise(length)];
            let session = Session { policy: Some("{}".to_owned()), scopes, ..longest.clone() };
            let issued = tokens(1).issue(principal.id(), session.clone(), 0, RANDOM).ok()?;
            Some((issued, session))
        })
        .unwrap();
    assert!((4_090..=TOKEN_LENGTH_MAX).contains(&issued.token.len()), "{}", issued.token.len());
    let caller = crate::Caller {
        principal,
        access_key_id: issued.access_key_id,
        region: names::Region::parse(&"r".repeat(63)).unwrap(),
        session: Some(std::sync::Arc::new(session)),
    };
    let registry = crate::registry_token::RegistryTokens::new(&SealingKey::from_bytes([1; 32]));
    let password = registry.issue(&caller, now(), [9; 12]).password;
    let header = format!("Basic {}", STANDARD.encode(format!("AWS:{password}")));
    let headers = http::HeaderMap::from_iter([(
        http::header::AUTHORIZATION,
        http::HeaderValue::from_str(&header).unwrap(),
    )]);
    assert_eq!(crate::basic::credentials(&headers).unwrap().unwrap().password(), password);
    assert_eq!(
        registry.open(&password, now()).unwrap().session.unwrap().principal,
        caller.principal.id()
    );
}

#[test]
fn no_secret_shows_in_debug() {
    let issued = issue(None);
    let shown = format!("{issued:?} {:?}", tokens(1).open(&issued.token, now()).unwrap());
    assert!(!shown.contains(issued.secret_access_key.as_str()), "{shown}");
    assert!(!shown.contains(&issued.token[20..]), "{shown}");
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_altered_token_is_refused(
        at in any::<prop::sample::Index>(), to in any::<u8>(), length in any::<prop::sample::Index>(),
    ) {
        let good = issue(Some("{}")).token;
        let mut altered = good.clone().into_bytes();
        let at = at.index(altered.len());
        altered[at] = to;
        if let Ok(altered) = String::from_utf8(altered) {
            prop_assert_eq!(tokens(1).open(&altered, now()).is_ok(), altered == good);
        }
        let cut = &good[..length.index(good.len())];
        prop_assert!(tokens(1).open(cut, now()).is_err());
    }
}
