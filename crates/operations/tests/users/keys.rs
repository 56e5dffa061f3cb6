//! Keys sign while they are active and there.

use db::on_both_engines;
use db::testing::Engine;
use std::time::Duration;

use names::Region;
use operations::{CreatedKey, KeyHolder, KeyStatus, Operations};

use crate::house::{account, made_key, of, other_account, told, user, whole, world};

on_both_engines!(
    a_holder_has_two_keys_at_most,
    a_key_signs_while_it_is_active_and_there,
    the_last_use_of_a_key_is_written_down,
);

async fn a_holder_has_two_keys_at_most(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let operations = world.operations();
    made_key(operations, KeyHolder::Root).await;
    for holder in [of("alice"), KeyHolder::Root] {
        while operations
            .list_access_keys(&account(), holder.clone(), whole())
            .await
            .unwrap()
            .1
            .len()
            < 2
        {
            made_key(operations, holder.clone()).await;
        }
        let home = account();
        let (one, two) = tokio::join!(
            operations.create_access_key(&home, holder.clone()),
            operations.create_access_key(&home, holder.clone())
        );
        for refused in [one, two] {
            assert_eq!(told(refused), "Cannot exceed quota for AccessKeysPerUser: 2");
        }
    }
    let nobody = operations.create_access_key(&account(), of("bob")).await;
    assert_eq!(told(nobody), "The user with name bob cannot be found.");
}

async fn a_key_signs_while_it_is_active_and_there(engine: Engine) {
    let world = world(engine, &["alice", "bob"]).await;
    let operations = world.operations();
    let CreatedKey { key, secret, user_name: _ } = made_key(operations, of("alice")).await;
    let id = key.id;
    let known = async || operations.find_known_key(&id).await.unwrap();
    assert_eq!(known().await.unwrap().secret.expose(), secret.expose());
    let set = async |holder, status| {
        operations.update_access_key(&account(), holder, id.clone(), status).await
    };
    for holder in [of("bob"), KeyHolder::Root] {
        let foreign = set(holder.clone(), KeyStatus::Inactive).await;
        assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
        let foreign = operations.delete_access_key(&account(), holder, id.clone()).await;
        assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
    }
    let before = known().await.unwrap().epoch;
    set(of("alice"), KeyStatus::Inactive).await.unwrap();
    assert!(known().await.is_none());
    set(of("alice"), KeyStatus::Active).await.unwrap();
    assert_ne!(known().await.unwrap().epoch, before, "who remembers it looks again");
    operations.delete_access_key(&account(), of("alice"), id.clone()).await.unwrap();
    assert!(known().await.is_none());
}

async fn the_last_use_of_a_key_is_written_down(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let operations = world.operations();
    let id = made_key(operations, of("alice")).await.key.id;
    let last_use = async || {
        let (key, name) =
            operations.get_access_key_last_used(&account(), id.clone()).await.unwrap();
        assert_eq!(name, Some(user("alice")));
        key.last_use.map(|used| (used.at, used.service))
    };
    assert_eq!(last_use().await, None);
    let region = Region::parse("eu-west-1").unwrap();
    let first = world.now();
    operations.note_key_use(&id, &region, "ecr");
    assert_eq!(last_use().await, None, "it is kept in memory for a while");
    operations.record_key_uses().await.unwrap();
    assert_eq!(last_use().await, Some((first, "ecr".to_owned())));
    assert!(!Operations::key_use_is_news(Some(first), world.now()));
    world.forward(Duration::from_mins(1));
    assert!(Operations::key_use_is_news(Some(first), world.now()));
    let foreign = operations.get_access_key_last_used(&other_account(), id.clone()).await;
    assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
}
