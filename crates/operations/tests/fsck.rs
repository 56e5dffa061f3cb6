//! A check finds what is wrong, a repair fixes it, and a rebuild restores everything.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fixture;

use db::on_both_engines;
use db::testing::Engine;
use std::sync::Arc;
use std::time::Duration;

use blobs::testing::{Call, Fault};
use fixture::{Wanted, World, body, manifest, puller, repository};
use names::{Digest, ImageTag, Reference};
use operations::fsck::{self, Depth, Finding, Leftover, Rebuilt, Repaired};
use operations::{
    Chunk, Door, Failure, GRACE, IfSame, IfUnsealed, MountSource, Mounted, PushedManifest,
    PutImage, Refusal, RepositorySettings, UPLOAD_LIFE,
};
use tokio::sync::Notify;

on_both_engines!(
    a_rebuild_brings_back_everything_that_was_pushed,
    of_two_records_of_a_tag_the_newest_wins,
    what_a_stranger_puts_into_the_store_is_no_record_of_an_image,
    a_check_tells_a_lost_a_cut_and_a_changed_object_apart,
    an_object_that_cannot_be_read_is_a_finding_and_not_the_end,
    a_repair_mends_what_can_be_mended,
    an_upload_that_is_being_written_ends_with_its_repository_and_leaves_nothing,
);

/// A chunk that tells the truth.
fn chunk(bytes: &[u8]) -> Chunk {
    Chunk { first_byte: None, length: Some(bytes.len() as u64), expected: None, body: body(bytes) }
}

/// Puts a manifest under these tags.
fn put(manifest: &PushedManifest, tags: &[&str]) -> PutImage {
    let tags = tags.iter().map(|tag| ImageTag::parse(tag).expect("a tag")).collect();
    PutImage { manifest: manifest.clone(), tags, if_same: IfSame::Accept }
}

/// Bytes that differ by seed; some small, some of several segments.
fn bytes(seed: u8, length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).map(|byte| byte.wrapping_add(seed.wrapping_mul(31))).collect()
}

async fn push_layer(world: &World, name: &str, content: &[u8]) -> (Digest, u64) {
    let digest = Digest::sha256(content);
    let pushed = world.operations().upload_layer(&repository(name), &digest, chunk(content)).await;
    pushed.expect("it is taken in");
    (digest, content.len() as u64)
}

async fn put_image(world: &World, name: &str, wanted: &Wanted, tags: &[&str]) -> PushedManifest {
    let manifest = manifest(wanted);
    let done = world.operations().put_image(&repository(name), put(&manifest, tags)).await;
    done.expect("it is taken in");
    manifest
}

async fn world_with_repositories(engine: Engine, names: &[&str]) -> World {
    let world = World::new(engine);
    for name in names {
        let settings = RepositorySettings::default();
        world.operations().create_repository(&repository(name), settings).await.unwrap();
    }
    world
}

/// Everything that a client can see of a repository.
async fn view(world: &World, name: &str, layers: &[Digest]) -> Vec<String> {
    let (operations, arn) = (world.operations(), repository(name));
    let mut seen = Vec::new();
    for tag in operations.list_tags(&arn, String::new(), 100).await.unwrap() {
        let image =
            operations.pull_image(&arn, &Reference::Tag(tag.clone()), &puller()).await.unwrap();
        seen.push(format!("tag {tag} -> {}", String::from_utf8(image.manifest).unwrap()));
    }
    let filter = operations::ImageFilter { status: None, tags: operations::TagStatus::Any };
    for found in operations.list_described_images(&arn, filter, None, 100).await.unwrap().rows {
        let (image, tags) = (found.image, found.tags);
        seen.push(format!(
            "image {} {} {} {:?} {} {tags:?}",
            image.digest,
            image.media_type,
            image.size_bytes,
            image.subject,
            image.pushed_at.as_micros(),
        ));
    }
    for layer in layers {
        let content = world.read_blob(&arn, layer).await;
        seen.push(format!("layer {layer} {:?}", content.map(|bytes| Digest::sha256(&bytes))));
    }
    seen
}

/// Everything but the store goes.
fn lose_rows(world: &mut World) {
    world.stop();
    world.rows.lose();
    world.restart();
}

async fn a_rebuild_brings_back_everything_that_was_pushed(engine: Engine) {
    let mut world = world_with_repositories(engine, &["web", "team/api", "empty"]).await;
    let big = push_layer(&world, "web", &bytes(1, 700_000)).await;
    let small = push_layer(&world, "web", &bytes(2, 10)).await;
    let lonely = push_layer(&world, "web", &bytes(3, 70_000)).await;
    let wanted = Wanted { layers: vec![big.clone(), small.clone()], ..Wanted::default() };
    let first = put_image(&world, "web", &wanted, &["v1", "latest"]).await;
    world.clock.forward(Duration::from_secs(5));
    let wanted = Wanted { layers: vec![small.clone()], salt: 1, ..Wanted::default() };
    let second = put_image(&world, "web", &wanted, &["v2"]).await;
    world.run_due().await;
    world.clock.forward(Duration::from_secs(5));
    // The tag moves, and leaves `first` with one tag less; `second` is left with none.
    put_image(&world, "web", &wanted, &["latest"]).await;
    let third = Wanted { subject: Some(first.digest.clone()), salt: 2, ..Wanted::default() };
    put_image(&world, "web", &third, &["v2"]).await;
    world.clock.forward(Duration::from_secs(5));
    let children = vec![first.digest.clone(), second.digest.clone()];
    let index = Wanted { children, ..Wanted::default() };
    put_image(&world, "web", &index, &["all"]).await;
    world.clock.forward(Duration::from_secs(1));
    put_image(&world, "web", &Wanted { salt: 3, ..Wanted::default() }, &[]).await;
    let source = MountSource::From(repository("web").repository);
    let api = repository("team/api");
    let mounted = world.operations().mount_blob(&api, &big.0, source).await.unwrap();
    assert_eq!(mounted, Mounted::Yes);
    let wanted = Wanted { layers: vec![big.clone()], salt: 4, ..Wanted::default() };
    put_image(&world, "team/api", &wanted, &["v1"]).await;
    world.run_due().await;
    assert_eq!(world.findings(Depth::Digests).await, []);

    let layers = [big.0, small.0, lonely.0];
    let before = (view(&world, "web", &layers).await, view(&world, "team/api", &layers[..1]).await);
    lose_rows(&mut world);
    assert!(!world.findings(Depth::Objects).await.is_empty(), "every object is unknown now");

    let mut skipped = Vec::new();
    let mut note = |object: &names::ObjectKey, why: &str| skipped.push(format!("{object}: {why}"));
    let made = fsck::rebuild(world.operations(), IfUnsealed::Refuse, &fixture::parse, &mut note)
        .await
        .unwrap();
    assert_eq!(skipped, Vec::<String>::new());
    let expected = Rebuilt { repositories: 2, layers: 3, images: 6, tags: 5, skipped: 0 };
    assert_eq!(made, expected, "all but the empty repository");
    let after = (view(&world, "web", &layers).await, view(&world, "team/api", &layers[..1]).await);
    assert_eq!(after, before);
    assert_eq!(world.findings(Depth::Digests).await, []);

    let again =
        fsck::rebuild(world.operations(), IfUnsealed::Refuse, &fixture::parse, &mut |_, _| {})
            .await
            .unwrap();
    assert_eq!(again, Rebuilt::default(), "a second rebuild finds nothing to do");
    // What was not needed before the loss goes as it would have gone.
    world.clock.forward(UPLOAD_LIFE * 2);
    world.run_due().await;
    world.clock.forward(UPLOAD_LIFE);
    world.run_due().await;
    assert_eq!(world.read_blob(&repository("web"), &layers[2]).await, None);
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn of_two_records_of_a_tag_the_newest_wins(engine: Engine) {
    let mut world = world_with_repositories(engine, &["web"]).await;
    let old = put_image(&world, "web", &Wanted { salt: 1, ..Wanted::default() }, &["v1"]).await;
    world.run_due().await;
    world.clock.forward(Duration::from_secs(1));
    let new = put_image(&world, "web", &Wanted { salt: 2, ..Wanted::default() }, &["v1"]).await;
    // Only the new record is written: the old one's object is not deleted yet when the rows are
    // lost.
    let records = jobs_of_records(&world).await;
    assert!(records > 0);
    lose_rows(&mut world);
    let made =
        fsck::rebuild(world.operations(), IfUnsealed::Refuse, &fixture::parse, &mut |_, _| {})
            .await
            .unwrap();
    assert_eq!((made.images, made.tags), (2, 1));
    let tag = Reference::parse("v1").unwrap();
    let pulled = world.operations().pull_image(&repository("web"), &tag, &puller()).await.unwrap();
    assert_eq!(pulled.digest, new.digest);
    world.run_due().await;
    assert_eq!(world.findings(Depth::Digests).await, []);
    let still = Reference::Digest(old.digest);
    world
        .operations()
        .pull_image(&repository("web"), &still, &puller())
        .await
        .expect("it is there, untagged");
}

/// Runs the jobs that write records, and no others.
async fn jobs_of_records(world: &World) -> usize {
    let mut ran = 0;
    while let Ok(some @ 1..) = world.run_lane(jobs::Lane::Records).await {
        ran += some;
    }
    ran
}

/// The one object of the store that holds this many bytes of plaintext.
async fn object_of(world: &World, digest: &Digest) -> names::ObjectKey {
    let digest = digest.clone();
    let blobs = world.db().read(|tx| tx.list_blobs(None, 100)).await.unwrap();
    blobs.into_iter().find(|blob| blob.digest == digest).expect("it has a row").object
}

fn path_of(world: &World, object: &names::ObjectKey) -> std::path::PathBuf {
    fn find(folder: &std::path::Path, name: &str) -> Option<std::path::PathBuf> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find_map(|path| {
            if path.is_dir() { find(&path, name) } else { path.ends_with(name).then_some(path) }
        })
    }
    find(world.folder.path(), object.as_str()).expect("it is in the store")
}

/// Puts an object into the world's store that nobody sealed, which says of itself what its maker
/// likes.
async fn forge(world: &World, object: &names::ObjectKey, content: &[u8], description: &str) {
    let elsewhere = tempfile::tempdir().unwrap();
    let blobs = blobs::Blobs::new(Arc::new(blobs::LocalStore::open(elsewhere.path()).unwrap()));
    let (protection, wrapped) = (blobs::Protection::Storage, names::WrappedKey::from_bytes(&[]));
    let new = blobs::NewObject { object: object.clone(), protection, wrapped };
    let mut upload = blobs.begin(new, names::Algorithm::Sha256).unwrap();
    upload.append(content.to_vec().into()).await.unwrap();
    upload.commit(&Digest::sha256(content), description.as_bytes()).await.unwrap();
    let name = object.as_str();
    let made = elsewhere.path().join("objects").join(&name[..2]).join(name);
    let shelf = world.folder.path().join("objects/objects").join(&name[..2]);
    std::fs::copy(made, shelf.join(name)).unwrap();
}

fn says(kind: &str, rest: &str) -> String {
    format!(
        r#"{{"kind":"{kind}","account":"123456789012","region":"us-east-1","repository":"web",{rest}}}"#
    )
}

async fn what_a_stranger_puts_into_the_store_is_no_record_of_an_image(engine: Engine) {
    let mut world = world_with_repositories(engine, &["web"]).await;
    let good = put_image(&world, "web", &Wanted { salt: 1, ..Wanted::default() }, &["v1"]).await;
    let other = put_image(&world, "web", &Wanted { salt: 2, ..Wanted::default() }, &[]).await;
    world.run_due().await;
    assert_eq!(world.findings(Depth::Digests).await, []);
    let newest = says(
        "image",
        &format!(
            r#""media_type":"{}","tag":"v1","pushed_at":0,"recorded_at":9000000000000000"#,
            other.media_type
        ),
    );

    // A record that is no longer the one that was written is found while there are rows.
    let records = world.db().read(|tx| tx.list_all_image_records(None, 10)).await;
    let records: Vec<_> = records.map_err(|error: db::DbError| error).unwrap();
    let (.., record) = records.iter().find(|(.., record)| record.tag.is_some()).unwrap();
    let path = path_of(&world, &record.object);
    let kept = take_copy(&path);
    forge(&world, &record.object, &other.bytes, &newest).await;
    let found = world.findings(Depth::Objects).await;
    assert!(
        matches!(&found[..], [Finding::ObjectDamaged { object, .. }] if *object == record.object)
    );
    let wrong_tag = newest.replace("\"v1\"", "\"v2\"");
    forge(&world, &record.object, &good.bytes, &wrong_tag).await;
    let found = world.findings(Depth::Objects).await;
    assert!(found[0].to_string().contains("it says that it is the record of web:v2"), "{found:?}");
    put_back(&path, &kept);

    // Without rows, what is not sealed is not believed: neither an image nor a layer.
    let objects =
        ["0".repeat(32), "1".repeat(32)].map(|key| names::ObjectKey::parse(&key).unwrap());
    forge(&world, &objects[0], &other.bytes, &newest).await;
    forge(&world, &objects[1], b"a layer", &says("layer", r#""key":"default""#)).await;
    lose_rows(&mut world);
    let mut skipped = Vec::new();
    let mut note =
        |object: &names::ObjectKey, why: &str| skipped.push((object.clone(), why.to_owned()));
    let refuse = IfUnsealed::Refuse;
    let made = fsck::rebuild(world.operations(), refuse, &fixture::parse, &mut note).await.unwrap();
    assert_eq!((made.images, made.tags, made.layers, made.skipped), (2, 1, 0, 2), "{skipped:?}");
    skipped.sort();
    for ((object, why), forged) in skipped.iter().zip(&objects) {
        assert_eq!(object, forged);
        assert!(why.starts_with("it is not sealed") && why.contains("--accept-unsealed"), "{why}");
    }
    let tag = Reference::parse("v1").unwrap();
    let pulled = world.operations().pull_image(&repository("web"), &tag, &puller()).await.unwrap();
    assert_eq!(pulled.digest, good.digest);
}

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
                found.key,
                db::IfTaken::Move,
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
    let is_gone = matches!(appended, Err(Failure::Refused(Refusal::UploadNotFound { .. })));
    assert!(is_gone, "{appended:?}");
    for _ in 0..3 {
        world.clock.forward(GRACE);
        world.run_due().await;
    }
    assert_eq!(world.findings(Depth::Digests).await, []);
    let uploads: Result<_, db::DbError> = world.db().read(|tx| tx.list_all_uploads(None, 1)).await;
    assert!(uploads.unwrap().is_empty(), "it went with its repository");
}

#[expect(clippy::disallowed_methods, reason = "a test acts behind the store's back")]
fn take_copy(object: &std::path::Path) -> Vec<u8> {
    std::fs::read(object).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test acts behind the store's back")]
fn put_back(object: &std::path::Path, copy: &[u8]) {
    std::fs::write(object, copy).unwrap();
}
