//! A layer whose object is damaged or missing has to be pushed again, and is whole after that.

use std::path::PathBuf;

use blobs::testing::{Call, Fault};
use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, ObjectKey, RepositoryArn};
use operations::fsck::{self, Depth, Finding, Repaired};
use operations::{Failure, ImageRefusal, MountSource, Mounted, NewLayer, Refusal};

use crate::fixture::{Wanted, World, manifest, pusher, repository};
use crate::house::{
    bytes, chunk, object_of, path_of, push_layer, put, put_image, world_with_repositories,
};

on_both_engines!(
    a_damaged_layer_has_to_be_pushed_again_and_comes_back_for_all,
    a_missing_object_comes_back_too,
    what_a_check_found_comes_back_when_it_was_repaired,
    a_layer_that_was_restored_is_relied_on_again,
    a_push_that_fails_leaves_the_layer_damaged,
);

const LENGTH: usize = 300_000;

/// A world in which two repositories hold a layer, and the file of its object.
async fn world_with_a_layer(engine: Engine) -> (World, Digest, ObjectKey, PathBuf) {
    let world = world_with_repositories(engine, &["web", "api", "other"]).await;
    let layer = push_layer(&world, "web", &bytes(1, LENGTH)).await;
    push_layer(&world, "api", &bytes(1, LENGTH)).await;
    for name in ["web", "api"] {
        let wanted = Wanted { layers: vec![layer.clone()], ..Wanted::default() };
        put_image(&world, name, &wanted, &["v1"]).await;
    }
    world.run_due().await;
    let object = object_of(&world, &layer.0).await;
    let path = path_of(&world, &object);
    (world, layer.0, object, path)
}

#[expect(clippy::disallowed_methods, reason = "a test that damages a file of a store")]
fn flip(path: &PathBuf) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[150_000] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

async fn size_if_held(world: &World, arn: &RepositoryArn, digest: &Digest) -> Option<u64> {
    world.operations().head_blob(arn, digest).await.unwrap()
}

/// Reads the layer to its end, or to where it breaks, and lets what was noticed be written down.
async fn read(world: &World, arn: &RepositoryArn, digest: &Digest) -> Result<Digest, Failure> {
    let operations = world.operations();
    let blob = operations.find_blob(arn, digest).await?.expect("a pull tries to read it");
    let read = async {
        let range = names::ByteRange::whole(blob.size_bytes());
        let mut reader = operations.open_blob(&blob, range).await?;
        let mut content = Vec::new();
        while let Some(chunk) = reader.next().await {
            content.extend_from_slice(&chunk?);
        }
        Ok(Digest::sha256(&content))
    };
    let read: Result<Digest, Failure> = read.await;
    operations.record_damage().await.unwrap();
    read
}

fn is_damage(read: &Result<Digest, Failure>, object: &ObjectKey) -> bool {
    matches!(read, Err(Failure::Fault(operations::Fault::Damaged(found, _))) if found == object)
}

async fn push(world: &World, name: &str) -> Result<NewLayer, Failure> {
    let (content, arn) = (bytes(1, LENGTH), repository(name));
    world.operations().upload_layer(&arn, &Digest::sha256(&content), chunk(&content)).await
}

async fn is_in_order(world: &World) {
    for _ in 0..3 {
        world.run_due().await;
        world.clock.forward(operations::GRACE * 2);
    }
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn a_damaged_layer_has_to_be_pushed_again_and_comes_back_for_all(engine: Engine) {
    let (world, layer, object, path) = world_with_a_layer(engine).await;
    let (web, other) = (repository("web"), repository("other"));
    let operations = world.operations();
    flip(&path);
    assert_eq!(size_if_held(&world, &web, &layer).await, Some(LENGTH as u64), "no one knows yet");
    assert!(is_damage(&read(&world, &web, &layer).await, &object));
    assert_eq!(operations.corrupt_reads(), 1);

    for name in ["web", "api"] {
        assert_eq!(size_if_held(&world, &repository(name), &layer).await, None, "{name}");
        let asked = vec![layer.clone()];
        let available = operations.batch_check_layer_availability(&repository(name), asked).await;
        assert!(available.unwrap()[0].found.is_none(), "{name}");
    }
    let from = MountSource::From(web.repository.clone());
    let mounted = operations.mount_blob(&other, &layer, from).await.unwrap();
    assert_eq!(mounted, Mounted::No, "what is damaged is no source of a mount");
    assert!(operations.list_mount_sources(&other, &layer).await.unwrap().is_empty());
    let wanted =
        Wanted { layers: vec![(layer.clone(), LENGTH as u64)], salt: 2, ..Wanted::default() };
    let new = manifest(&wanted);
    let refused = operations.put_image(&web, put(&new, &["v2"]), &pusher()).await;
    let lacks = |refusal: &ImageRefusal| matches!(refusal, ImageRefusal::LayersNotFound { .. });
    assert!(
        matches!(&refused, Err(Failure::Refused(Refusal::Image(refusal))) if lacks(refusal)),
        "{refused:?}"
    );
    // Tags of an image that is there can still be moved.
    let known = manifest(&Wanted { salt: 0, ..wanted });
    operations.put_image(&web, put(&known, &["again"]), &pusher()).await.unwrap();

    assert_eq!(push(&world, "api").await.unwrap(), NewLayer::Yes);
    for name in ["web", "api"] {
        let arn = repository(name);
        assert_eq!(read(&world, &arn, &layer).await.unwrap(), layer, "{name}");
        assert_eq!(size_if_held(&world, &arn, &layer).await, Some(LENGTH as u64), "{name}");
    }
    operations.put_image(&web, put(&new, &["v2"]), &pusher()).await.unwrap();
    assert_ne!(object_of(&world, &layer).await, object, "it is in another object");
    assert_eq!(push(&world, "web").await.unwrap(), NewLayer::No, "nothing is replaced twice");
    is_in_order(&world).await;
    assert!(!path.exists(), "the damaged object is deleted");
}

#[expect(clippy::disallowed_methods, reason = "a test that loses a file of a store")]
async fn a_missing_object_comes_back_too(engine: Engine) {
    let (world, layer, object, path) = world_with_a_layer(engine).await;
    let web = repository("web");
    std::fs::remove_file(&path).unwrap();
    assert!(is_damage(&read(&world, &web, &layer).await, &object));
    assert_eq!(size_if_held(&world, &web, &layer).await, None);
    assert_eq!(push(&world, "web").await.unwrap(), NewLayer::Yes);
    assert_eq!(read(&world, &repository("api"), &layer).await.unwrap(), layer);
    is_in_order(&world).await;
}

async fn what_a_check_found_comes_back_when_it_was_repaired(engine: Engine) {
    let (world, layer, object, path) = world_with_a_layer(engine).await;
    flip(&path);
    let found = world.findings(Depth::Digests).await;
    let [finding @ Finding::ObjectDamaged { object: damaged, .. }] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(*damaged, object);
    assert!(finding.to_string().contains("Push the layer again"), "{finding}");
    let api = repository("api");
    assert!(size_if_held(&world, &api, &layer).await.is_some(), "a check changes nothing");
    let repaired = fsck::repair(world.operations(), finding).await.unwrap();
    assert_eq!(repaired, Repaired::No, "the bytes are not there");
    assert_eq!(size_if_held(&world, &api, &layer).await, None);
    assert_eq!(push(&world, "api").await.unwrap(), NewLayer::Yes);
    assert_eq!(read(&world, &api, &layer).await.unwrap(), layer);
    is_in_order(&world).await;
}

async fn a_layer_that_was_restored_is_relied_on_again(engine: Engine) {
    let (world, layer, object, path) = world_with_a_layer(engine).await;
    let web = repository("web");
    flip(&path);
    assert!(is_damage(&read(&world, &web, &layer).await, &object));
    flip(&path);
    assert_eq!(read(&world, &web, &layer).await.unwrap(), layer, "a pull tries it");
    assert_eq!(world.findings(Depth::Objects).await, [], "its content was not read");
    let found = world.findings(Depth::Digests).await;
    let [finding @ Finding::NotDamaged { .. }] = &found[..] else { panic!("{found:?}") };
    assert_eq!(fsck::repair(world.operations(), finding).await.unwrap(), Repaired::Yes);
    assert_eq!(size_if_held(&world, &web, &layer).await, Some(LENGTH as u64));
    assert_eq!(object_of(&world, &layer).await, object);
    is_in_order(&world).await;
}

async fn a_push_that_fails_leaves_the_layer_damaged(engine: Engine) {
    let (mut world, layer, object, path) = world_with_a_layer(engine).await;
    let web = repository("web");
    flip(&path);
    assert!(is_damage(&read(&world, &web, &layer).await, &object));
    world.faults().arm(Call::Commit, 1, Fault::Broken);
    push(&world, "web").await.unwrap_err();
    assert_eq!(size_if_held(&world, &web, &layer).await, None);
    assert_eq!(object_of(&world, &layer).await, object);
    // The note is in the rows: it outlives the process.
    world.restart();
    assert_eq!(size_if_held(&world, &web, &layer).await, None);
    assert_eq!(push(&world, "web").await.unwrap(), NewLayer::Yes);
    assert_eq!(read(&world, &web, &layer).await.unwrap(), layer);
    is_in_order(&world).await;
}
