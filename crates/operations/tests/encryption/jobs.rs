//! Work in the background waits for a key, checks say so, and a rebuild needs it.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, EncryptionType, StorageClass};
use operations::IfUnsealed;
use operations::fsck::{self, Depth, Finding, Severity};

use crate::fixture::{World, parse, repository};
use crate::house::{bytes, key, pull, push, read, world};

on_both_engines!(
    a_record_waits_for_its_key,
    a_check_cannot_see_what_is_under_a_disabled_key,
    a_rebuild_restores_repositories_under_their_keys,
    an_archived_layer_comes_back_under_its_key,
);

/// Longer than a job waits for a key.
const PAUSE: Duration = Duration::from_mins(3);

/// How many records were written, and how many wait for that.
async fn records(world: &World) -> (usize, usize) {
    let waiting: Result<_, db::DbError> = world
        .db()
        .read(|tx| {
            let mut waiting = Vec::new();
            for (_, _, record) in tx.list_all_image_records(None, 100)? {
                waiting.push(tx.job_is_known("record_image", record.object.as_str())?);
            }
            Ok(waiting)
        })
        .await;
    let (waiting, written): (Vec<_>, Vec<_>) = waiting.unwrap().into_iter().partition(|it| *it);
    (written.len(), waiting.len())
}

async fn class_of_layer(world: &World) -> StorageClass {
    world.db().read(|tx| tx.list_blobs(None, 10)).await.unwrap()[0].storage_class
}

async fn a_record_waits_for_its_key(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    push(&world, "web", &bytes(1, 1000), "v1").await;
    world.keys.set_enabled(&key(1), false);
    for _ in 0..50 {
        world.run_due().await;
        world.clock.forward(PAUSE);
    }
    assert_eq!(records(&world).await, (0, 1), "it was not given up");
    world.keys.set_enabled(&key(1), true);
    world.run_due().await;
    assert_eq!(records(&world).await, (1, 0));
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn a_check_cannot_see_what_is_under_a_disabled_key(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("api", Some(2))]).await;
    for name in ["web", "api"] {
        push(&world, name, &bytes(2, 1000), "v1").await;
    }
    world.run_due().await;
    world.keys.set_enabled(&key(1), false);
    let found = world.findings(Depth::Digests).await;
    assert_eq!(found.len(), 2, "a layer and a record: {found:?}");
    for finding in &found {
        assert!(matches!(finding, Finding::KeyUnusable { .. }), "{finding}");
        assert_eq!(finding.severity(), Severity::Note);
    }
    world.keys.set_enabled(&key(1), true);
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn a_rebuild_restores_repositories_under_their_keys(engine: Engine) {
    let mut world = world(engine, &[("web", Some(1)), ("api", Some(2)), ("plain", None)]).await;
    let content = bytes(3, 300_000);
    let mut manifests = Vec::new();
    for name in ["web", "api", "plain"] {
        manifests.push((name, push(&world, name, &content, "v1").await));
    }
    world.run_due().await;
    world.stop();
    world.rows.lose();
    world.restart();
    world.keys.set_enabled(&key(2), false);
    let mut skipped = Vec::new();
    let mut skip = |_: &names::ObjectKey, why: &str| skipped.push(why.to_owned());
    let rebuilt =
        fsck::rebuild(world.operations(), IfUnsealed::Refuse, &parse, &mut skip).await.unwrap();
    assert_eq!((rebuilt.repositories, rebuilt.layers, rebuilt.images), (2, 2, 2));
    assert_eq!(skipped.len(), 2, "{skipped:?}");
    assert!(skipped.iter().all(|why| why.contains("KMS key")), "{skipped:?}");
    world.keys.set_enabled(&key(2), true);
    let mut skip = |_: &names::ObjectKey, why: &str| panic!("{why}");
    fsck::rebuild(world.operations(), IfUnsealed::Refuse, &parse, &mut skip).await.unwrap();
    for (name, manifest) in manifests {
        assert_eq!(pull(&world, name, "v1").await.unwrap(), manifest.bytes, "{name}");
        let digest = Digest::sha256(&content);
        assert_eq!(read(&world, name, &digest).await.unwrap(), content, "{name}");
    }
    let arns = ["web", "plain"].map(|name| repository(name).repository);
    let registry = repository("web").registry;
    let made = world.operations().describe_repositories(&registry, arns.to_vec()).await.unwrap();
    assert_eq!(made[0].encryption_key.kms(), Some(key(1)));
    assert_eq!(made[0].encryption, EncryptionType::Kms);
    assert_eq!(made[1].encryption, EncryptionType::Aes256);
}

async fn an_archived_layer_comes_back_under_its_key(engine: Engine) {
    let mut world = world(engine, &[("web", Some(1))]).await;
    world.restart_with_archive(true);
    let content = bytes(4, 300_000);
    let manifest = push(&world, "web", &content, "v1").await;
    let (web, digest) = (repository("web"), Digest::sha256(&content));
    let image = names::ImageId::Digest(manifest.digest.clone());
    let moved = |target| {
        let (operations, image) = (world.operations(), image.clone());
        operations.update_image_storage_class(&web, image, target)
    };
    moved(StorageClass::Archive).await.unwrap();
    for _ in 0..60 {
        world.clock.forward(Duration::from_hours(1));
        world.run_due().await;
    }
    assert_eq!(class_of_layer(&world).await, StorageClass::Archive);
    world.keys.set_enabled(&key(1), false);
    moved(StorageClass::Standard).await.unwrap();
    world.run_due().await;
    assert_eq!(class_of_layer(&world).await, StorageClass::Archive, "the job waits for the key");
    world.keys.set_enabled(&key(1), true);
    world.clock.forward(PAUSE);
    world.run_due().await;
    assert_eq!(class_of_layer(&world).await, StorageClass::Standard);
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
}
