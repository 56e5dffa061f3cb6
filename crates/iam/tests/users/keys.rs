//! Keys sign while they exist and are active.

use db::on_both_engines;
use db::testing::Engine;
use std::time::Duration;

use iam::{CreatedKey, Iam, KeyHolder, KeyStatus};
use names::Region;

use crate::house::{account, made_key, of, other_account, told, user, whole, world};

on_both_engines!(
    a_holder_has_two_keys_at_most,
    a_key_signs_while_it_is_active_and_there,
    the_last_use_of_a_key_is_written_down,
);

async fn a_holder_has_two_keys_at_most(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let iam = &world.iam;
    made_key(iam, KeyHolder::Root).await;
    for holder in [of("alice"), KeyHolder::Root] {
        while iam.list_access_keys(&account(), holder.clone(), whole()).await.unwrap().1.len() < 2 {
            made_key(iam, holder.clone()).await;
        }
        let home = account();
        let (one, two) = tokio::join!(
            iam.create_access_key(&home, holder.clone()),
            iam.create_access_key(&home, holder.clone())
        );
        for refused in [one, two] {
            assert_eq!(told(refused), "Cannot exceed quota for AccessKeysPerUser: 2");
        }
    }
    let missing = iam.create_access_key(&account(), of("bob")).await;
    assert_eq!(told(missing), "The user with name bob cannot be found.");
}

async fn a_key_signs_while_it_is_active_and_there(engine: Engine) {
    let world = world(engine, &["alice", "bob"]).await;
    let iam = &world.iam;
    let CreatedKey { key, secret, user_name: _ } = made_key(iam, of("alice")).await;
    let id = key.id;
    let known = async || iam.find_known_key(&id).await.unwrap();
    assert_eq!(known().await.unwrap().secret.expose(), secret.expose());
    let set =
        async |holder, status| iam.update_access_key(&account(), holder, id.clone(), status).await;
    for holder in [of("bob"), KeyHolder::Root] {
        let foreign = set(holder.clone(), KeyStatus::Inactive).await;
        assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
        let foreign = iam.delete_access_key(&account(), holder, id.clone()).await;
        assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
    }
    let before = known().await.unwrap().epoch;
    set(of("alice"), KeyStatus::Inactive).await.unwrap();
    assert!(known().await.is_none());
    set(of("alice"), KeyStatus::Active).await.unwrap();
    assert_ne!(known().await.unwrap().epoch, before, "who remembers it looks again");
    iam.delete_access_key(&account(), of("alice"), id.clone()).await.unwrap();
    assert!(known().await.is_none());
}

async fn the_last_use_of_a_key_is_written_down(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let iam = &world.iam;
    let id = made_key(iam, of("alice")).await.key.id;
    let last_use = async || {
        let (key, name) = iam.get_access_key_last_used(&account(), id.clone()).await.unwrap();
        assert_eq!(name, Some(user("alice")));
        key.last_use.map(|used| (used.at, used.service))
    };
    assert_eq!(last_use().await, None);
    let region = Region::parse("eu-west-1").unwrap();
    let first = world.now();
    iam.note_key_use(&id, &region, "ecr");
    assert_eq!(last_use().await, None, "it is kept in memory for a while");
    iam.record_key_uses().await.unwrap();
    assert_eq!(last_use().await, Some((first, "ecr".to_owned())));
    assert!(!Iam::key_use_is_news(Some(first), world.now()));
    world.forward(Duration::from_mins(1));
    assert!(Iam::key_use_is_news(Some(first), world.now()));
    let foreign = iam.get_access_key_last_used(&other_account(), id.clone()).await;
    assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
}
