//! Data keys under KMS keys open for those who may use the key, and for as long as they may.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use keys::customer_keys::KeyWatch;
use keys::customer_keys::testing::PaperKeys;
use keys::{CustomerKeys, KeyFault};
use names::{Clock, DataKey, KmsKeyArn, KmsKeyId, ObjectKey, RepositoryArn, Timestamp, WrappedKey};

#[derive(Debug)]
struct HandClock(AtomicI64);

impl HandClock {
    fn forward(&self, time: Duration) {
        self.0.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

struct House {
    service: Arc<PaperKeys>,
    keys: Arc<CustomerKeys>,
    clock: Arc<HandClock>,
}

fn house() -> House {
    let service = Arc::<PaperKeys>::default();
    let clock = Arc::new(HandClock(AtomicI64::new(1_800_000_000_000_000)));
    let keys = Arc::new(CustomerKeys::new(service.clone(), clock.clone()));
    House { service, keys, clock }
}

fn repository(name: &str) -> RepositoryArn {
    let text = format!("arn:aws:ecr:us-east-1:123456789012:repository/{name}");
    RepositoryArn::parse(&text).unwrap()
}

fn key(number: u8) -> KmsKeyArn {
    let registry = repository("web").registry;
    KmsKeyArn { registry, id: KmsKeyId::from_random([number; 16]) }
}

fn object(number: u8) -> ObjectKey {
    ObjectKey::from_random([number; 16])
}

fn same(opened: Result<DataKey, KeyFault>, made: &DataKey) -> bool {
    opened.unwrap().expose() == made.expose()
}

fn code<T>(outcome: Result<T, KeyFault>) -> String {
    match outcome {
        Err(KeyFault::Refused { code, .. }) => code,
        Err(other) => panic!("{other:?}"),
        Ok(_) => "none".to_owned(),
    }
}

#[tokio::test]
async fn a_data_key_opens_for_every_repository_that_may_use_the_key() {
    let House { service, keys, .. } = house();
    let (web, api) = (repository("web"), repository("api"));
    let (made, wrapped) = keys.generate(&key(1), &web, &object(1)).await.unwrap();
    assert!(same(keys.open_for(&web, &object(1), &wrapped).await, &made));
    assert!(same(keys.open_for(&api, &object(1), &wrapped).await, &made), "they share it");
    assert!(same(keys.open(&object(1), &wrapped).await, &made), "work in the background");
    service.revoke(&api);
    assert_eq!(code(keys.open_for(&api, &object(1), &wrapped).await), "AccessDeniedException");
    assert!(same(keys.open_for(&web, &object(1), &wrapped).await, &made));
    let (like, wrapped_like) = keys.generate_like(&wrapped, &object(2)).await.unwrap();
    assert!(same(keys.open_for(&web, &object(2), &wrapped_like).await, &like));
}

#[tokio::test]
async fn a_data_key_opens_for_its_own_object_alone() {
    let House { keys, .. } = house();
    let web = repository("web");
    let (_, wrapped) = keys.generate(&key(1), &web, &object(1)).await.unwrap();
    let elsewhere = keys.open_for(&web, &object(2), &wrapped).await;
    assert_eq!(code(elsewhere), "InvalidCiphertextException");
    let malformed = WrappedKey::from_bytes(b"K\x01");
    assert!(matches!(keys.open_for(&web, &object(1), &malformed).await, Err(KeyFault::Broken(_))));
}

#[tokio::test]
async fn no_cached_key_is_used_once_the_service_says_no() {
    let House { service, keys, clock } = house();
    let web = repository("web");
    let (made, wrapped) = keys.generate(&key(1), &web, &object(1)).await.unwrap();
    let calls = service.calls();
    for _ in 0..10 {
        assert!(same(keys.open_for(&web, &object(1), &wrapped).await, &made));
    }
    assert_eq!(service.calls(), calls, "what is known is not asked again");
    service.set_enabled(&key(1), false);
    assert_eq!(code(keys.open_for(&web, &object(1), &wrapped).await), "DisabledException");
    service.set_enabled(&key(1), true);
    assert!(same(keys.open_for(&web, &object(1), &wrapped).await, &made));
    service.set_enabled_elsewhere(&key(1), false);
    clock.forward(Duration::from_millis(1_499));
    assert!(same(keys.open_for(&web, &object(1), &wrapped).await, &made), "for a moment");
    clock.forward(Duration::from_millis(1));
    assert_eq!(code(keys.open_for(&web, &object(1), &wrapped).await), "DisabledException");
}

#[tokio::test]
async fn a_service_that_is_away_opens_nothing() {
    let House { service, keys, .. } = house();
    let web = repository("web");
    let (_, wrapped) = keys.generate(&key(1), &web, &object(1)).await.unwrap();
    service.set_away(true);
    let opened = keys.open_for(&web, &object(1), &wrapped).await;
    assert!(matches!(opened, Err(KeyFault::Unavailable { .. })));
}

#[tokio::test]
async fn a_watch_notices_that_its_key_was_taken_away() {
    let House { service, keys, .. } = house();
    let web = repository("web");
    keys.require_usable(&key(1), &web).await.unwrap();
    let mut watch = KeyWatch::new(keys, key(1), web);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(matches!(watch.poll_usable(&mut cx), Poll::Ready(Ok(()))));
    service.set_enabled(&key(1), false);
    let asked = watch.poll_usable(&mut cx);
    assert!(matches!(asked, Poll::Ready(Err(KeyFault::Refused { .. }))), "{asked:?}");
    assert!(watch.require_usable().await.is_err());
    service.set_enabled(&key(1), true);
    assert!(matches!(watch.poll_usable(&mut cx), Poll::Ready(Ok(()))));
}

#[test]
fn no_secret_is_printed() {
    let House { keys, .. } = house();
    let printed = format!("{keys:?}");
    assert_eq!(printed, "CustomerKeys { service: PaperKeys { .. }, .. }");
}
