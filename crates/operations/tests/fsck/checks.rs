use std::sync::Arc;

use blobs::testing::{Call, Fault};
use db::on_both_engines;
use db::testing::Engine;
use names::ImageTag;
use operations::fsck::{self, Depth, Finding, Leftover, Repaired};
use operations::{Chunk, Door, Failure, GRACE, Refusal, UploadRefusal};
use tokio::sync::Notify;

use crate::fixture::{Wanted, repository};
use crate::house::{
    bytes, chunk, object_of, path_of, push_layer, put_image, world_with_repositories,
};

on_both_engines!(
    a_check_tells_a_lost_a_cut_and_a_changed_object_apart,
    an_object_that_cannot_be_read_is_a_finding_and_not_the_end,
    a_repair_mends_what_can_be_mended,
    an_upload_that_is_being_written_ends_with_its_repository_and_leaves_nothing,
);

async fn a_check_tells_a_lost_a_cut_and_a_changed_object_apart(engine: Engine) {
    let world = world_with_repositories(engine, &["web"]).await;
    let mut objects = Vec::new();
    for seed in 0..3 {
        let (digest, _) = push_layer(&world, "web", &bytes(seed, 300_000)).await;
        objects.push(object_of(&world, &digest).await);
    }
    std::fs::rename(path_of(&world, &objects[0]), world.folder.path().join("away")).unwrap();
    let cut = std::fs::OpenOptions::new().write(true).open(path_of(&world, &objects[1])).unwrap();
    cut.set_len(200_000).unwrap();
    let changed =
        std::fs::OpenOptions::new().write(true).open(path_of(&world, &objects[2])).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&changed, b"not what it was", 150_000).unwrap();

    let kind = |finding: &Finding| match finding {
        Finding::ObjectMissing { object, .. } => {
            (objects.iter().position(|o| o == object), "missing")
        }
        Finding::ObjectDamaged { object, .. } => {
            (objects.iter().position(|o| o == object), "damaged")
        }
        _ => (None, "unexpected"),
    };
    let found: Vec<_> = world.findings(Depth::Objects).await.iter().map(kind).collect();
    assert_eq!(found, [(Some(0), "missing"), (Some(1), "damaged")]);
    let found: Vec<_> = world.findings(Depth::Digests).await.iter().map(kind).collect();
    assert_eq!(found, [(Some(0), "missing"), (Some(1), "damaged"), (Some(2), "damaged")]);
}

async fn an_object_that_cannot_be_read_is_a_finding_and_not_the_end(engine: Engine) {
    let world = world_with_repositories(engine, &["web"]).await;
    for seed in 0..3 {
        push_layer(&world, "web", &bytes(seed, 1_000)).await;
    }
    world.faults().arm(Call::Read, 1, Fault::Broken);
    let found = world.findings(Depth::Objects).await;
    assert!(matches!(found[..], [Finding::ObjectDamaged { .. }]), "{found:?}");
    assert_eq!(world.findings(Depth::Objects).await, []);
}

async fn a_repair_mends_what_can_be_mended(engine: Engine) {
    let world = world_with_repositories(engine, &["web"]).await;
    let layer = push_layer(&world, "web", &bytes(1, 1_000)).await;
    let spare = push_layer(&world, "web", &bytes(2, 1_000)).await;
    let wanted = Wanted { layers: vec![layer], ..Wanted::default() };
    let image = put_image(&world, "web", &wanted, &["v1", "v2"]).await;
    world.run_due().await;
    let arn = repository("web");
    let upload = world.operations().initiate_layer_upload(&arn).await.unwrap();
    let part =
        world.operations().append_to_upload(&arn, &upload, chunk(&bytes(3, 300_000)), Door::Oci);
    part.await.unwrap();
    let digest = image.digest.clone();
    let spare_digest = spare.0.clone();
    let broken: Result<(), db::DbError> = world
        .db()
        .write(move |tx| {
            let (repository, found) = tx.list_all_images(None, 1)?.remove(0);
            let records = tx.list_image_records(found.key)?;
            tx.delete_image_record(&records[0].object)?;
            let review = format!("{}/{spare_digest}", repository.0);
            tx.delete_job("review_repository_blob", &review)?;
            let upload = tx.list_uploads(repository, 1)?.remove(0);
            assert!(tx.delete_upload(&upload.id, upload.version)?);
            tx.point_tag(
                repository,
                &ImageTag::parse("v3").unwrap(),
                (found.key, &found.digest),
                db::IfTaken::Move,
                None,
            )?;
            assert_eq!(found.digest, digest);
            Ok(())
        })
        .await;
    broken.unwrap();

    let found = world.findings(Depth::Objects).await;
    let mut texts: Vec<String> = found.iter().map(ToString::to_string).collect();
    texts.sort();
    assert_eq!(found.len(), 5, "{texts:#?}");
    assert!(found.contains(&Finding::NobodyReclaims(Leftover::Right(
        found.iter().find_map(right_of).expect("the layer that no image needs"),
        spare.0
    ))));
    for finding in &found {
        assert_eq!(
            fsck::repair(world.operations(), finding).await.unwrap(),
            Repaired::Yes,
            "{finding}"
        );
    }
    world.run_due().await;
    assert_eq!(world.findings(Depth::Digests).await, []);
}

fn right_of(finding: &Finding) -> Option<db::RepositoryKey> {
    match finding {
        Finding::NobodyReclaims(Leftover::Right(repository, _)) => Some(*repository),
        _ => None,
    }
}

async fn an_upload_that_is_being_written_ends_with_its_repository_and_leaves_nothing(
    engine: Engine,
) {
    let world = world_with_repositories(engine, &["web"]).await;
    let (operations, arn) = (world.operations(), repository("web"));
    let upload = operations.initiate_layer_upload(&arn).await.unwrap();
    let (asked, erased) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (begun, rest) = (Arc::clone(&asked), Arc::clone(&erased));
    // The first bytes are asked for while the repository is there, and come when it has been
    // erased.
    let late = futures_util::stream::once(async move {
        begun.notify_one();
        rest.notified().await;
        Ok(bytes(1, 600_000).into())
    });
    let late = Chunk { body: Box::pin(late), length: None, ..chunk(&[]) };
    let erase = async {
        asked.notified().await;
        operations.delete_repository(&arn, true).await.unwrap();
        for _ in 0..3 {
            world.run_due().await;
            world.clock.forward(GRACE);
        }
        erased.notify_one();
    };
    let (appended, ()) =
        tokio::join!(operations.append_to_upload(&arn, &upload, late, Door::Oci), erase);
    let is_gone =
        matches!(appended, Err(Failure::Refused(Refusal::Upload(UploadRefusal::NotFound { .. }))));
    assert!(is_gone, "{appended:?}");
    for _ in 0..3 {
        world.clock.forward(GRACE);
        world.run_due().await;
    }
    assert_eq!(world.findings(Depth::Digests).await, []);
    let uploads: Result<_, db::DbError> = world.db().read(|tx| tx.list_all_uploads(None, 1)).await;
    assert!(uploads.unwrap().is_empty(), "it went with its repository");
}
