//! Which bytes move, and when.

use db::on_both_engines;
use db::testing::Engine;
use names::{ImageStatus, StorageClass};
use operations::{
    ArchiveFound, Failure, ImageRefusal, LayerRefusal, MountSource, Mounted, Refusal,
};

use crate::fixture::{pusher, repository};
use crate::house::{AGES, ARCHIVE, House, STANDARD, bytes};

on_both_engines!(
    bytes_follow_an_archived_image_and_come_back_before_it_is_active,
    bytes_that_an_active_image_needs_stay,
    a_lease_is_kept,
    a_push_brings_bytes_back,
    an_archived_layer_answers_as_one_that_has_to_be_sent_again,
    bytes_of_deleted_archived_images_are_reclaimed,
    images_archived_before_are_moved_when_a_place_is_configured,
    without_a_place_nothing_moves,
);

async fn bytes_follow_an_archived_image_and_come_back_before_it_is_active(engine: Engine) {
    let house = House::new(engine).await;
    let layers = house.push(&house.web, "v1", &[&bytes(1, 700_000), &bytes(2, 10), b""]).await;
    assert_eq!(house.bytes().await, (700_010, 0));
    house.archive(&house.web, "v1").await;
    assert_eq!(house.bytes().await, (0, 700_010));
    assert_eq!(house.archived_objects(), 3);
    house.is_in_order().await;
    for layer in &layers {
        assert_eq!(house.read(&house.web, layer).await, None);
    }
    assert_eq!(house.update(&house.web, "v1", STANDARD).await, ImageStatus::Activating);
    assert!(!house.can_be_pulled(&house.web, "v1").await);
    house.world.run_due().await;
    assert!(house.can_be_pulled(&house.web, "v1").await);
    for layer in &layers {
        assert_eq!(house.read(&house.web, layer).await.as_ref(), Some(layer));
    }
    house.settle().await;
    assert_eq!(house.bytes().await, (700_010, 0));
    assert_eq!(house.archived_objects(), 0);
    house.is_in_order().await;
}

async fn bytes_that_an_active_image_needs_stay(engine: Engine) {
    let house = House::new(engine).await;
    let (api, base, own) = (repository("api"), bytes(1, 70_000), bytes(2, 1_000));
    let shared = house.push(&house.web, "v1", &[&base, &own]).await[0].clone();
    house.push(&house.web, "v2", &[&base]).await;
    house.push(&api, "v1", &[&base]).await;
    house.archive(&house.web, "v1").await;
    assert_eq!(house.bytes().await, (70_000, 1_000), "the base is needed");
    // The last active image of the repository goes; another repository still has one.
    delete(&house, &house.web, "v2").await;
    house.settle().await;
    assert_eq!(house.bytes().await, (70_000, 1_000));
    house.archive(&api, "v1").await;
    assert_eq!(house.bytes().await, (0, 71_000), "of this registry, no image needs it");
    house.update(&api, "v1", STANDARD).await;
    house.world.run_due().await;
    assert_eq!(house.bytes().await, (70_000, 1_000));
    assert_eq!(house.read(&api, &shared).await, Some(shared));
    delete(&house, &api, "v1").await;
    house.settle().await;
    assert_eq!(
        house.bytes().await,
        (0, 71_000),
        "its right is gone, and an archived image is left"
    );
    house.is_in_order().await;
}

async fn delete(house: &House, arn: &names::RepositoryArn, tag: &str) {
    let tag = names::Reference::Tag(names::ImageTag::parse(tag).unwrap());
    house.world.operations().delete_manifest(arn, &tag, &pusher()).await.unwrap();
}

async fn a_lease_is_kept(engine: Engine) {
    let house = House::new(engine).await;
    let layer = house.push(&house.web, "v1", &[&bytes(1, 5_000)]).await[0].clone();
    house.world.clock.forward(AGES);
    assert_eq!(house.world.operations().head_blob(&house.web, &layer).await.unwrap(), Some(5_000));
    house.update(&house.web, "v1", ARCHIVE).await;
    house.world.run_due().await;
    assert_eq!(house.bytes().await, (5_000, 0), "a client may rely on it");
    house.put(&house.web, "v2", vec![(layer.clone(), 5_000)]).await.unwrap();
    house.settle().await;
    assert_eq!(house.read(&house.web, &layer).await, Some(layer), "and did");
    house.is_in_order().await;
}

async fn a_push_brings_bytes_back(engine: Engine) {
    let house = House::new(engine).await;
    let (big, small) = (bytes(1, 300_000), bytes(2, 10));
    let layers = house.push(&house.web, "v1", &[&big, &small]).await;
    house.archive(&house.web, "v1").await;
    // A client that sends everything: the image is active at once.
    house.push(&house.web, "v1", &[&big, &small]).await;
    assert!(house.can_be_pulled(&house.web, "v1").await);
    assert_eq!(house.read(&house.web, &layers[0]).await.as_ref(), Some(&layers[0]));
    assert_eq!(house.bytes().await, (300_010, 0));
    house.settle().await;
    assert_eq!(house.archived_objects(), 0);
    house.archive(&house.web, "v1").await;
    // A client that sends the manifest alone.
    let known = vec![(layers[0].clone(), 300_000), (layers[1].clone(), 10)];
    house.put(&house.web, "v1", known.clone()).await.unwrap();
    assert!(!house.can_be_pulled(&house.web, "v1").await, "its bytes are on their way");
    house.put(&house.web, "again", known).await.unwrap();
    house.world.run_due().await;
    assert!(house.can_be_pulled(&house.web, "again").await);
    assert_eq!(house.read(&house.web, &layers[0]).await.as_ref(), Some(&layers[0]));
    house.settle().await;
    house.is_in_order().await;
}

async fn an_archived_layer_answers_as_one_that_has_to_be_sent_again(engine: Engine) {
    let house = House::new(engine).await;
    let (operations, api) = (house.world.operations(), repository("api"));
    let layer = house.push(&house.web, "v1", &[&bytes(1, 5_000)]).await[0].clone();
    let check = async || {
        let layers = vec![layer.clone()];
        let found = operations.batch_check_layer_availability(&house.web, layers).await.unwrap();
        found.into_iter().next().unwrap().found.map(|found| (found.size_bytes, found.storage_class))
    };
    assert_eq!(check().await, Some((5_000, StorageClass::Standard)));
    house.archive(&house.web, "v1").await;
    assert_eq!(check().await, Some((5_000, StorageClass::Archive)));
    assert_eq!(operations.head_blob(&house.web, &layer).await.unwrap(), None);
    let url = operations.require_downloadable_layer(&house.web, &layer).await;
    let (repository, digest) = (house.web.clone(), layer.clone());
    let archived = Refusal::from(LayerRefusal::Archived { repository, digest });
    assert!(matches!(url, Err(Failure::Refused(refused)) if refused == archived));
    let source = MountSource::From(house.web.repository.clone());
    assert_eq!(operations.mount_blob(&api, &layer, source).await.unwrap(), Mounted::No);
    let other = vec![(layer.clone(), 5_000), house.push_layer(&house.web, b"more").await];
    let refused = house.put(&house.web, "v2", other).await;
    let missing = ImageRefusal::LayersNotFound {
        repository: house.web.clone(),
        digests: vec![layer.clone()],
    };
    let missing = Refusal::from(missing);
    assert!(matches!(refused, Err(Failure::Refused(refused)) if refused == missing));
    house.is_in_order().await;
}

async fn bytes_of_deleted_archived_images_are_reclaimed(engine: Engine) {
    let house = House::new(engine).await;
    house.push(&house.web, "v1", &[&bytes(1, 5_000)]).await;
    house.archive(&house.web, "v1").await;
    assert_eq!(house.archived_objects(), 1);
    delete(&house, &house.web, "v1").await;
    house.settle().await;
    assert_eq!((house.bytes().await, house.archived_objects()), ((0, 0), 0));
    house.is_in_order().await;
}

async fn images_archived_before_are_moved_when_a_place_is_configured(engine: Engine) {
    let mut house = House::without_archive(engine).await;
    house.push(&house.web, "v1", &[&bytes(1, 5_000)]).await;
    house.push(&house.web, "v2", &[&bytes(2, 100)]).await;
    house.archive(&house.web, "v1").await;
    assert_eq!(house.bytes().await, (5_100, 0));
    house.world.restart_with_archive(true);
    house.world.operations().settle_archive_storage().await.unwrap();
    house.settle().await;
    assert_eq!(house.bytes().await, (100, 5_000));
    let found = house.world.operations().find_archived_layers().await.unwrap();
    assert_eq!(found, ArchiveFound::AsExpected);
    house.is_in_order().await;
    house.world.restart_with_archive(false);
    let found = house.world.operations().find_archived_layers().await.unwrap();
    assert_eq!(found, ArchiveFound::NotConfigured);
    house.world.stop();
    std::fs::rename(
        house.world.folder.path().join("archive"),
        house.world.folder.path().join("lost"),
    )
    .unwrap();
    house.world.restart_with_archive(true);
    let found = house.world.operations().find_archived_layers().await.unwrap();
    assert_eq!(found, ArchiveFound::Missing);
}

async fn without_a_place_nothing_moves(engine: Engine) {
    let house = House::without_archive(engine).await;
    let layer = house.push(&house.web, "v1", &[&bytes(1, 5_000)]).await[0].clone();
    house.archive(&house.web, "v1").await;
    assert_eq!(house.bytes().await, (5_000, 0));
    assert_eq!(house.read(&house.web, &layer).await, Some(layer), "by its digest");
    house.update(&house.web, "v1", STANDARD).await;
    house.world.run_due().await;
    assert!(house.can_be_pulled(&house.web, "v1").await);
    house.is_in_order().await;
}
