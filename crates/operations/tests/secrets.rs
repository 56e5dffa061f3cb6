//! Secrets: what is in the rows, what is erased and when, and what nothing shows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::testing::{Engine, read_everything};
use db::{Cell, on_both_engines};
use fixture::{World, repository};
use names::{RegistryId, SecretRef};
use operations::{Failure, NewSecret, Refusal, SecretDeletion, SecretRefusal, SecretValue};

on_both_engines!(
    a_value_is_in_no_row_and_in_no_debug_text,
    a_deleted_secret_is_erased_when_its_time_has_come,
    a_secret_is_made_once_of_many_at_once,
);

const VALUE: &str = "not to be seen anywhere";

fn registry() -> RegistryId {
    repository("web").registry
}

fn secret(name: &str) -> NewSecret {
    NewSecret {
        name: name.to_owned(),
        token: None,
        description: None,
        value: Some(SecretValue::Text(VALUE.to_owned().into())),
        tags: vec![("team".to_owned(), "a".to_owned())],
    }
}

fn named(name: &str) -> SecretRef {
    SecretRef::parse(name, &registry())
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> SecretRefusal {
    match outcome {
        Err(Failure::Refused(Refusal::Secret(refusal))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn a_value_is_in_no_row_and_in_no_debug_text(engine: Engine) {
    let world = World::new(engine);
    let made = world.operations().create_secret(&registry(), secret("hub")).await.unwrap();
    let bytes = SecretValue::Binary(VALUE.as_bytes().to_vec().into());
    let hub = named("hub");
    let put = world.operations().put_secret_value(&hub, None, bytes.clone(), None);
    let put = put.await.unwrap();
    let read = world.operations().get_secret_value(&named("hub"), None, None).await.unwrap();
    assert_eq!(read.value, bytes);
    let shown = format!("{made:?} {put:?} {read:?} {:?}", secret("hub"));
    assert!(!shown.contains(VALUE), "{shown}");
    for (table, rows) in read_everything(world.db()).await {
        for cell in rows.iter().flatten() {
            let holds = match cell {
                Cell::Bytes(bytes) => bytes.windows(VALUE.len()).any(|it| it == VALUE.as_bytes()),
                Cell::Text(text) => text.contains(VALUE),
                _ => false,
            };
            assert!(!holds, "{} holds a value", table.name);
        }
    }
}

async fn a_deleted_secret_is_erased_when_its_time_has_come(engine: Engine) {
    let world = World::new(engine);
    for name in ["soon", "later", "kept"] {
        world.operations().create_secret(&registry(), secret(name)).await.unwrap();
    }
    let days = |days| SecretDeletion::read(Some(days), None).unwrap();
    world.operations().delete_secret(&named("soon"), days(7)).await.unwrap();
    world.operations().delete_secret(&named("later"), days(30)).await.unwrap();
    let again = world.operations().delete_secret(&named("soon"), days(7)).await;
    assert_eq!(refused(again), SecretRefusal::AlreadyScheduled);
    world.clock.forward(Duration::from_hours(24 * 8));
    // It is not found before it is erased either, and its name is free.
    let gone = world.operations().get_secret_value(&named("soon"), None, None).await;
    assert_eq!(refused(gone), SecretRefusal::NotFound);
    world.operations().create_secret(&registry(), secret("soon")).await.unwrap();
    let marked = world.operations().get_secret_value(&named("later"), None, None).await;
    assert_eq!(refused(marked), SecretRefusal::MarkedForDeletion);
    world.operations().erase_due_secrets().await.unwrap();
    world.operations().restore_secret(&named("later")).await.unwrap();
    world.operations().delete_secret(&named("soon"), days(7)).await.unwrap();
    world.clock.forward(Duration::from_hours(24 * 8));
    world.operations().erase_due_secrets().await.unwrap();
    world.operations().erase_due_secrets().await.unwrap();
    let restored = world.operations().restore_secret(&named("soon")).await;
    assert_eq!(refused(restored), SecretRefusal::NotFound);
    let listed = world.operations().list_secrets(&registry(), None, 10).await.unwrap();
    let names: Vec<&str> = listed.iter().map(|listed| listed.secret.name.as_str()).collect();
    assert_eq!(names, ["kept", "later"]);
    let versions = read_everything(world.db()).await.into_iter();
    let rows_of = |(table, rows): (&db::Table, Vec<_>)| (table.name, rows.len());
    let left: Vec<_> =
        versions.map(rows_of).filter(|(name, _)| name.starts_with("secret")).collect();
    for expected in [("secret", 2), ("secret_version", 2), ("secret_stage", 2), ("secret_tag", 2)] {
        assert!(left.contains(&expected), "{left:?}");
    }
}

async fn a_secret_is_made_once_of_many_at_once(engine: Engine) {
    let world = World::new(engine);
    let registry = registry();
    let make = || world.operations().create_secret(&registry, secret("hub"));
    let (one, two, three) = tokio::join!(make(), make(), make());
    assert_eq!([one, two, three].into_iter().flatten().count(), 1);
    let hub = named("hub");
    let (_, versions) = world.operations().list_secret_version_ids(&hub, None, 10).await.unwrap();
    assert_eq!(versions.len(), 1);
}
