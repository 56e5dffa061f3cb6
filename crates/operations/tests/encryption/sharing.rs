//! Equal content shares an object under the same key of one registry, and under no other.

use db::on_both_engines;
use db::testing::Engine;
use names::Digest;
use operations::{AtRest, MountSource, Mounted};

use crate::fixture::repository;
use crate::house::{bytes, create, key, objects_of, push, push_layer, read, world};

on_both_engines!(
    equal_content_shares_an_object_under_the_same_key_alone,
    a_layer_is_mounted_only_under_the_same_key,
    a_repository_that_is_deleted_leaves_its_layers_to_others,
    what_is_under_a_key_is_sealed_here_even_if_the_store_encrypts,
);

async fn equal_content_shares_an_object_under_the_same_key_alone(engine: Engine) {
    let repositories =
        [("web", Some(1)), ("api", Some(1)), ("other", Some(2)), ("plain", None), ("bare", None)];
    let world = world(engine, &repositories).await;
    let content = bytes(1, 100_000);
    let digest = Digest::sha256(&content);
    let mut counts = Vec::new();
    for (name, _) in repositories {
        let found = world.operations().find_blob(&repository(name), &digest).await.unwrap();
        assert!(found.is_none(), "{name} did not push it");
        push_layer(&world, name, &content).await.unwrap();
        counts.push(objects_of(&world, &digest).await.len());
    }
    assert_eq!(counts, [1, 1, 2, 3, 3]);
    for (name, _) in repositories {
        assert_eq!(read(&world, name, &digest).await.unwrap(), content, "{name}");
    }
    world.keys.set_enabled(&key(1), false);
    assert!(read(&world, "api", &digest).await.is_err());
    assert_eq!(read(&world, "other", &digest).await.unwrap(), content);
}

async fn a_layer_is_mounted_only_under_the_same_key(engine: Engine) {
    let repositories =
        [("web", Some(1)), ("api", Some(1)), ("other", Some(2)), ("plain", None), ("bare", None)];
    let world = world(engine, &repositories).await;
    let (content, plain) = (bytes(2, 1000), bytes(3, 1000));
    let digest = push_layer(&world, "web", &content).await.unwrap();
    let plain = push_layer(&world, "plain", &plain).await.unwrap();
    #[rustfmt::skip]
    let cases = [
        // target   source   layer    mounted        because
        ("api",     "web",   &digest, Mounted::Yes,  "the same key"),
        ("other",   "web",   &digest, Mounted::No,   "another key"),
        ("plain",   "web",   &digest, Mounted::No,   "no KMS key"),
        ("web",     "plain", &plain,  Mounted::No,   "no KMS key, from there"),
        ("bare",    "plain", &plain,  Mounted::Yes,  "the registry's own key"),
    ];
    for (target, source, layer, expected, because) in cases {
        let from = MountSource::From(repository(source).repository);
        let target = repository(target);
        let mounted = world.operations().mount_blob(&target, layer, from).await.unwrap();
        assert_eq!(mounted, expected, "{because}");
    }
    assert_eq!(read(&world, "api", &digest).await.unwrap(), content);
}

async fn a_repository_that_is_deleted_leaves_its_layers_to_others(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("api", Some(1))]).await;
    let content = bytes(4, 1000);
    push(&world, "web", &content, "v1").await;
    push(&world, "api", &content, "v1").await;
    world.operations().delete_repository(&repository("web"), true).await.unwrap();
    world.keys.revoke(&repository("web"));
    world.run_due().await;
    let digest = Digest::sha256(&content);
    assert_eq!(read(&world, "api", &digest).await.unwrap(), content);
    create(&world, "web", Some(2)).await;
    assert!(world.operations().find_blob(&repository("web"), &digest).await.unwrap().is_none());
}

async fn what_is_under_a_key_is_sealed_here_even_if_the_store_encrypts(engine: Engine) {
    let mut world = world(engine, &[("web", Some(1)), ("plain", None)]).await;
    world.at_rest = AtRest::Storage;
    world.restart();
    let content = bytes(5, 1000);
    let digest = Digest::sha256(&content);
    for (name, is_sealed) in [("web", true), ("plain", false)] {
        push(&world, name, &content, "v1").await;
        let blobs = world.db().read(|tx| tx.list_blobs(None, 100)).await.unwrap();
        let blob = blobs.last().unwrap();
        assert_eq!(!blob.wrapped_key.as_bytes().is_empty(), is_sealed, "{name}");
        assert_eq!(read(&world, name, &digest).await.unwrap(), content, "{name}");
    }
}
