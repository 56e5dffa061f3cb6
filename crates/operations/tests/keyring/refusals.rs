use std::sync::Arc;

use blobs::{Blobs, LocalStore};
use db::on_both_engines;
use db::testing::Engine;
use keys::{Keyring, RootKeyId};
use operations::{AtRest, Failure, KeyringRefusal, Operations, Refusal, RootKeys};

use crate::fixture::World;
use crate::house::House;

on_both_engines!(
    a_root_key_that_is_needed_stays,
    a_handed_keyring_is_changed_where_it_comes_from,
    nodes_without_the_new_root_key_hold_a_rotation_up,
    a_foreign_keyring_does_not_go_by_the_rows,
);

async fn a_root_key_that_is_needed_stays(engine: Engine) {
    let house = House::new(engine).await;
    let current = house.operations().keyring().current();
    assert!(house.refusal(current).await.contains("rotate first"));
    let unknown = RootKeyId::parse("00000000").unwrap();
    assert!(house.refusal(unknown).await.contains("does not know"));
    let [from, to] = house.rotate().await;
    assert!(house.refusal(from).await.contains("still being sealed"));
    assert!(house.refusal(to).await.contains("rotate first"));
    let again = house.operations().rotate_root_key().await.unwrap_err();
    let Failure::Refused(Refusal::Keyring(KeyringRefusal::RotationUnderWay { root_key })) = again
    else {
        panic!("{again:?}");
    };
    assert_eq!(root_key, to.to_string());
    assert_eq!(house.operations().keyring().held(), [from, to], "and no root key is added");
}

const OLD: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const NEW: &str = "f00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// A node over the same rows, with a keyring that was handed to it.
fn node(world: &World, secret: &str) -> Operations {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::new(Arc::new(LocalStore::open(folder.path()).unwrap()));
    let keyring = Arc::new(Keyring::parse(secret).unwrap());
    let clock = world.clock.clone();
    Operations::new(world.db().clone(), blobs, keyring, clock, AtRest::Sealed)
}

/// Rows that were made with the first of these keys.
async fn handed(engine: Engine) -> World {
    let world = World::new(engine);
    node(&world, OLD).settle_root_keys().await.unwrap();
    world
}

fn refused(rotated: Result<operations::RotatedRootKey, Failure>) -> KeyringRefusal {
    match rotated {
        Err(Failure::Refused(Refusal::Keyring(refusal))) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn a_handed_keyring_is_changed_where_it_comes_from(engine: Engine) {
    let world = handed(engine).await;
    let only = node(&world, OLD);
    only.settle_root_keys().await.unwrap();
    assert_eq!(refused(only.rotate_root_key().await), KeyringRefusal::NoNewRootKey);

    let both = node(&world, &format!("{OLD},{NEW}"));
    both.settle_root_keys().await.unwrap();
    let [old, new] = both.keyring().held()[..] else { panic!("there are two") };
    assert_eq!(both.keyring().current(), old, "the rows say which one seals");
    let rotated = both.rotate_root_key().await.unwrap();
    assert_eq!((rotated.from, rotated.to), (old, new));
    let stale = only.read_root_keys().await;
    assert!(stale.is_err(), "a node without it does not go on");
}

async fn nodes_without_the_new_root_key_hold_a_rotation_up(engine: Engine) {
    let world = handed(engine).await;
    let (stale, ready) = (node(&world, OLD), node(&world, &format!("{OLD},{NEW}")));
    for (node, name) in [(&stale, "stale"), (&ready, "ready")] {
        node.note_node(name).await.unwrap().settle(node.keyring()).unwrap();
    }
    let refusal = refused(ready.rotate_root_key().await);
    assert!(matches!(&refusal, KeyringRefusal::NodesWithout { nodes, .. } if nodes == &["stale"]));
    assert_eq!(ready.describe_keyring().await.unwrap().nodes.len(), 2);

    stale.forget_node("stale").await.unwrap();
    ready.rotate_root_key().await.unwrap();
    let seen: RootKeys = stale.note_node("stale again").await.unwrap();
    assert!(seen.settle(stale.keyring()).is_err(), "it sees that it must not serve");
}

async fn a_foreign_keyring_does_not_go_by_the_rows(engine: Engine) {
    let world = handed(engine).await;
    let foreign = node(&world, NEW);
    assert!(foreign.read_root_keys().await.is_err());
    assert!(foreign.rotate_root_key().await.is_err());
}
