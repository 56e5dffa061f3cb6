//! Signed URLs: a forged query opens nothing; ours opens only its own path.

#![no_main]

use std::time::Duration;

use identity::signed_url::{SignedUrls, UrlRefusal};
use identity::{AccessKeyId, Caller};
use libfuzzer_sys::fuzz_target;
use names::{AccountId, Principal, Region, SealingKey, Timestamp};

fuzz_target!(|input: (&str, &str, u32, u32)| {
    let (path, other, life, later) = input;
    let urls = SignedUrls::new(&SealingKey::from_bytes([7; 32]));
    let signed_at = Timestamp::from_seconds(1_700_000_000);
    assert!(urls.open(path, other, signed_at).is_err(), "a stranger's");
    assert!(urls.open(path, &format!("grant={other}"), signed_at).is_err(), "a stranger's");

    let query = urls.sign(path, &caller(), signed_at, Duration::from_secs(life.into()), [7; 12]);
    let now = signed_at.plus(Duration::from_secs(later.into()));
    let opened = urls.open(path, &query, now).map(|claims| claims.into_caller(caller().principal));
    let expected = if later < life { Ok(caller()) } else { Err(UrlRefusal::Expired) };
    assert_eq!(opened, expected);
    if path != other {
        assert_eq!(urls.open(other, &query, now), Err(UrlRefusal::Altered));
    }
});

fn caller() -> Caller {
    Caller {
        principal: Principal::Root { account: AccountId::parse("123456789012").unwrap() },
        access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
        region: Region::parse("us-east-1").unwrap(),
        session: None,
    }
}
