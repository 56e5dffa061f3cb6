//! A repository is put under another key: it serves everything meanwhile, and in the end needs
//! nothing of the key before.

use std::fs;
use std::path::Path;
use std::time::Duration;

use blobs::testing::{Call, Fault};
use db::on_both_engines;
use db::testing::Engine;
use jobs::Lane;
use names::{Digest, EncryptionKey, ImageId, RekeyStage, StorageClass};
use operations::fsck::{Depth, Finding};
use operations::{DescribedRekey, Door, EncryptionRefusal, JobState, Rekey};

use crate::fixture::{World, repository};
use crate::house::{
    bytes, chunk, code, complete, create, key, objects_of, pull, push, push_layer, read, refused,
    world,
};

on_both_engines!(
    everything_is_encrypted_again_under_another_key,
    a_repository_is_put_under_a_key_and_under_none,
    what_is_not_done_yet_needs_the_key_before,
    a_push_after_a_change_needs_the_new_key_alone,
    an_upload_that_began_before_is_encrypted_again,
    a_layer_that_is_pushed_meanwhile_is_under_the_new_key,
    a_copy_that_was_written_under_the_key_before_is_written_again,
    an_archived_layer_stays_in_the_archive_storage,
    a_change_under_way_is_not_turned_aside,
    a_repository_is_deleted_while_its_key_changes,
    a_change_that_fails_anywhere_goes_on,
    a_change_whose_commit_fails_goes_on,
);

fn named(number: Option<u8>) -> EncryptionKey {
    number.map_or_else(EncryptionKey::default, |number| EncryptionKey::from(&key(number)))
}

pub(crate) async fn rekey(world: &World, name: &str, to: Option<u8>) -> Rekey {
    world.operations().rekey_repository(&repository(name), &named(to)).await.unwrap()
}

pub(crate) async fn progress(world: &World, name: &str) -> Rekey {
    described(world, name).await.rekey
}

async fn described(world: &World, name: &str) -> DescribedRekey {
    world.operations().describe_rekey(&repository(name)).await.unwrap().unwrap()
}

/// Lets time pass until nothing is left to do or to delete.
pub(crate) async fn settle(world: &World) {
    for _ in 0..60 {
        world.run_due().await;
        world.clock.forward(Duration::from_hours(1));
    }
}

/// How many objects say that this key opens them.
#[expect(clippy::disallowed_methods, reason = "a test that looks at the files of a store")]
fn objects_under(world: &World, number: u8) -> usize {
    let arn = key(number).to_string().into_bytes();
    let names_it = |path: &Path| {
        let content = fs::read(path).unwrap_or_default();
        content.windows(arn.len()).any(|part| part == arn)
    };
    let mut found = 0;
    let mut folders =
        vec![world.folder.path().join("objects"), world.folder.path().join("archive")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if names_it(&path) {
                found += 1;
            }
        }
    }
    found
}

/// What a crash may leave besides a job that clears it up.
fn is_left(finding: &Finding) -> bool {
    matches!(finding, Finding::NobodyReclaims(_) | Finding::JobGivenUp { .. })
}

async fn nothing_is_lost(world: &World, what: &str) {
    let findings = world.findings(Depth::Digests).await;
    let lost: Vec<_> = findings.iter().filter(|finding| !is_left(finding)).collect();
    assert!(lost.is_empty(), "{what}: {lost:?}");
}

async fn everything_is_encrypted_again_under_another_key(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("api", Some(1)), ("two", Some(2))]).await;
    let (shared, own, equal) = (bytes(1, 300_000), bytes(2, 70_000), bytes(3, 1000));
    let first = push(&world, "web", &shared, "v1").await;
    push(&world, "web", &own, "v2").await;
    push(&world, "web", &equal, "v3").await;
    push(&world, "api", &shared, "v1").await;
    push(&world, "two", &equal, "v1").await;
    world.run_due().await;
    let begun = rekey(&world, "web", Some(2)).await;
    assert_eq!(
        (begun.stage, begun.from_key, begun.to_key),
        (RekeyStage::Counting, named(Some(1)), named(Some(2)))
    );
    for content in [&shared, &own, &equal] {
        assert_eq!(read(&world, "web", &Digest::sha256(content)).await.unwrap(), *content);
    }
    push(&world, "web", &bytes(4, 1000), "v4").await;

    settle(&world).await;
    let done = progress(&world, "web").await;
    assert_eq!((done.stage, done.layers, done.layers_done), (RekeyStage::Done, 3, 3));
    assert_eq!((done.bytes, done.bytes_done, done.images_done), (371_000, 371_000, 4));
    assert!(done.ended_at.is_some());
    assert_eq!(objects_of(&world, &Digest::sha256(&equal)).await.len(), 1, "it is shared now");
    assert_eq!(objects_of(&world, &Digest::sha256(&own)).await.len(), 1);
    assert_eq!(objects_under(&world, 1), 2, "a layer and a manifest of api");
    assert_eq!(world.findings(Depth::Digests).await, []);

    world.keys.set_enabled(&key(1), false);
    for content in [&shared, &own, &equal] {
        assert_eq!(read(&world, "web", &Digest::sha256(content)).await.unwrap(), *content);
    }
    assert_eq!(pull(&world, "web", "v1").await.unwrap(), first.bytes);
    assert!(code(read(&world, "api", &Digest::sha256(&shared)).await).is_some());
    world.keys.set_enabled(&key(1), true);
    world.keys.set_enabled(&key(2), false);
    assert!(code(pull(&world, "web", "v1").await).is_some());
    assert_eq!(read(&world, "api", &Digest::sha256(&shared)).await.unwrap(), shared);
}

async fn a_repository_is_put_under_a_key_and_under_none(engine: Engine) {
    let world = world(engine, &[("web", None)]).await;
    let content = bytes(1, 300_000);
    let digest = Digest::sha256(&content);
    let pushed = push(&world, "web", &content, "v1").await;
    for to in [Some(1), Some(2), None, Some(1), None] {
        rekey(&world, "web", to).await;
        settle(&world).await;
        assert_eq!(progress(&world, "web").await.stage, RekeyStage::Done);
        for number in [1, 2] {
            let expected = if to == Some(number) { 2 } else { 0 };
            assert_eq!(objects_under(&world, number), expected, "{to:?}");
        }
        assert_eq!(read(&world, "web", &digest).await.unwrap(), content, "{to:?}");
        assert_eq!(pull(&world, "web", "v1").await.unwrap(), pushed.bytes, "{to:?}");
        assert_eq!(world.findings(Depth::Digests).await, [], "{to:?}");
    }
}

async fn what_is_not_done_yet_needs_the_key_before(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let content = bytes(1, 300_000);
    let digest = Digest::sha256(&content);
    push(&world, "web", &content, "v1").await;
    // Equal bytes under the new key open nothing, either.
    create(&world, "two", Some(2)).await;
    push(&world, "two", &content, "v1").await;
    world.run_due().await;
    world.keys.set_enabled(&key(1), false);
    let begun = world.operations().rekey_repository(&repository("web"), &named(Some(2))).await;
    assert_eq!(code(begun), Some("DisabledException".to_owned()), "it opens what was closed");
    world.keys.set_enabled(&key(1), true);
    rekey(&world, "web", Some(2)).await;
    world.keys.set_enabled(&key(1), false);
    settle(&world).await;
    let waiting = described(&world, "web").await;
    assert_eq!(waiting.rekey.stage, RekeyStage::Layers, "it waits for the key");
    let because = Some(format!("{} is disabled.", key(1)));
    assert_eq!(waiting.waits_because, because);
    let jobs = world.operations().list_jobs(Some(JobState::Waiting), 0, 100).await.unwrap();
    let is_told =
        |name: &str| jobs.iter().any(|it| it.job.name == name && it.job.waits_because == because);
    assert!(is_told("rekey_repository"), "{jobs:?}");
    assert_eq!(code(read(&world, "web", &digest).await), Some("DisabledException".to_owned()));
    world.keys.set_enabled(&key(1), true);
    settle(&world).await;
    let done = described(&world, "web").await;
    assert_eq!((done.rekey.stage, done.waits_because), (RekeyStage::Done, None));
    assert_eq!(objects_under(&world, 1), 0);
}

/// The process remembers which key the last push needed.
async fn a_push_after_a_change_needs_the_new_key_alone(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("own", Some(1))]).await;
    let content = bytes(1, 1000);
    push(&world, "web", &content, "v1").await;
    push(&world, "own", &content, "v1").await;
    rekey(&world, "web", Some(2)).await;
    rekey(&world, "own", None).await;
    settle(&world).await;
    world.keys.set_enabled(&key(1), false);
    push(&world, "web", &bytes(3, 1000), "v2").await;
    push(&world, "own", &bytes(3, 1000), "v2").await;
}

async fn an_upload_that_began_before_is_encrypted_again(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let (web, operations) = (repository("web"), world.operations());
    let content = bytes(1, 300_000);
    let id = operations.initiate_layer_upload(&web).await.unwrap();
    operations.append_to_upload(&web, &id, chunk(&content[..100_000]), Door::Oci).await.unwrap();
    rekey(&world, "web", Some(2)).await;
    for _ in 0..10 {
        world.run_due().await;
        world.clock.forward(Duration::from_mins(2));
    }
    let waiting = described(&world, "web").await;
    assert_eq!(waiting.rekey.stage, RekeyStage::Records, "it waits for the upload");
    let because = "an upload that began under the key before has not ended";
    assert_eq!(waiting.waits_because.as_deref(), Some(because));
    operations.append_to_upload(&web, &id, chunk(&content[100_000..]), Door::Oci).await.unwrap();
    let digest = Digest::sha256(&content);
    complete(&world, "web", &id, &digest).await.unwrap();
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
    for _ in 0..10 {
        world.run_due().await;
        world.clock.forward(Duration::from_mins(2));
    }
    assert_eq!(progress(&world, "web").await.stage, RekeyStage::Done);
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
    settle(&world).await;
    assert_eq!(objects_under(&world, 1), 0);
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn a_layer_that_is_pushed_meanwhile_is_under_the_new_key(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let (web, operations) = (repository("web"), world.operations());
    let content = bytes(1, 1000);
    let digest = Digest::sha256(&content);
    push(&world, "web", &content, "v1").await;
    let id = operations.initiate_layer_upload(&web).await.unwrap();
    operations.append_to_upload(&web, &id, chunk(&content), Door::Oci).await.unwrap();
    world.run_due().await;
    rekey(&world, "web", Some(2)).await;
    push_layer(&world, "web", &content).await.unwrap();
    world.keys.set_enabled(&key(1), false);
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content, "it needs one key alone");
    world.keys.set_enabled(&key(1), true);
    // The upload of the same bytes that began before ends after.
    complete(&world, "web", &id, &digest).await.unwrap();
    world.keys.set_enabled(&key(1), false);
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
    world.keys.set_enabled(&key(1), true);
    settle(&world).await;
    assert_eq!(objects_under(&world, 1), 0, "each of the others was reclaimed");
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn a_copy_that_was_written_under_the_key_before_is_written_again(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    push(&world, "web", &bytes(1, 1000), "v1").await;
    // The copy is written, but the job does not end.
    world.db().faults().fail_commit(2);
    drop(world.run_lane(Lane::Records).await);
    assert_eq!(objects_under(&world, 1), 2, "the layer and the copy");
    rekey(&world, "web", Some(2)).await;
    world.clock.forward(Duration::from_mins(10));
    for _ in 0..3 {
        world.run_lane(Lane::Records).await.unwrap();
    }
    assert_eq!(objects_under(&world, 2), 1, "its own job wrote it again");
    settle(&world).await;
    assert_eq!((objects_under(&world, 1), objects_under(&world, 2)), (0, 2));
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn an_archived_layer_stays_in_the_archive_storage(engine: Engine) {
    let mut world = world(engine, &[("web", Some(1))]).await;
    world.restart_with_archive(true);
    let content = bytes(4, 300_000);
    let manifest = push(&world, "web", &content, "v1").await;
    let (web, digest) = (repository("web"), Digest::sha256(&content));
    let image = ImageId::Digest(manifest.digest.clone());
    let moved = |target| {
        let (operations, image) = (world.operations(), image.clone());
        operations.update_image_storage_class(&web, image, target)
    };
    moved(StorageClass::Archive).await.unwrap();
    settle(&world).await;
    rekey(&world, "web", Some(2)).await;
    settle(&world).await;
    assert_eq!(progress(&world, "web").await.stage, RekeyStage::Done);
    let blobs = world.db().read(|tx| tx.list_blobs(None, 10)).await.unwrap();
    assert_eq!(blobs.len(), 1);
    assert_eq!(blobs[0].storage_class, StorageClass::Archive);
    assert_eq!((objects_under(&world, 1), objects_under(&world, 2)), (0, 2));
    world.keys.set_enabled(&key(1), false);
    moved(StorageClass::Standard).await.unwrap();
    settle(&world).await;
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn a_change_under_way_is_not_turned_aside(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let (web, operations) = (repository("web"), world.operations());
    let same = EncryptionRefusal::SameKey { repository: web.clone() };
    let busy = EncryptionRefusal::RekeyInProgress { repository: web.clone() };
    let asked = async |to| operations.rekey_repository(&web, &named(to)).await;
    assert!(operations.describe_rekey(&web).await.unwrap().is_none());
    assert_eq!(refused(asked(Some(1)).await), Some(same.clone()));
    let begun = rekey(&world, "web", Some(2)).await;
    assert_eq!(rekey(&world, "web", Some(2)).await, begun, "asked again");
    for other in [Some(3), Some(1), None] {
        assert_eq!(refused(asked(other).await), Some(busy.clone()), "{other:?}");
    }
    settle(&world).await;
    assert_eq!(rekey(&world, "web", Some(2)).await.stage, RekeyStage::Done, "and after it");
    assert_eq!(rekey(&world, "web", Some(1)).await.stage, RekeyStage::Counting);
}

async fn a_repository_is_deleted_while_its_key_changes(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    push(&world, "web", &bytes(1, 1000), "v1").await;
    rekey(&world, "web", Some(2)).await;
    world.operations().delete_repository(&repository("web"), true).await.unwrap();
    settle(&world).await;
    assert_eq!((objects_under(&world, 1), objects_under(&world, 2)), (0, 0));
    create(&world, "web", Some(3)).await;
    assert!(world.operations().describe_rekey(&repository("web")).await.unwrap().is_none());
    assert_eq!(world.findings(Depth::Digests).await, []);
}

const CALLS: [Call; 5] = [Call::Create, Call::Write, Call::Commit, Call::Open, Call::Read];

fn faults(engine: Engine) -> &'static [Fault] {
    match engine {
        Engine::Sqlite => &[Fault::Broken, Fault::Full, Fault::AnswerLost],
        Engine::Postgres(_) => &[Fault::AnswerLost],
    }
}

/// The change ends, and everything is there, under the new key alone.
async fn ends(world: &World, content: &[u8], what: &str) {
    settle(world).await;
    assert_eq!(progress(world, "web").await.stage, RekeyStage::Done, "{what}");
    assert_eq!((objects_under(world, 1), objects_under(world, 2)), (0, 2), "{what}");
    world.keys.set_enabled(&key(1), false);
    let digest = Digest::sha256(content);
    assert_eq!(read(world, "web", &digest).await.unwrap(), content, "{what}");
    pull(world, "web", "v1").await.unwrap();
    assert_eq!(world.findings(Depth::Digests).await, [], "{what}");
}

async fn a_change_that_fails_anywhere_goes_on(engine: Engine) {
    for &fault in faults(engine) {
        for call in CALLS {
            for nth in 1..=2 {
                let what = format!("{call:?} {nth} {fault:?}");
                let mut world = world(engine, &[("web", Some(1))]).await;
                let content = bytes(1, 300_000);
                push(&world, "web", &content, "v1").await;
                world.run_due().await;
                rekey(&world, "web", Some(2)).await;
                world.faults().arm(call, nth, fault);
                world.run_due().await;
                world.faults().disarm();
                nothing_is_lost(&world, &what).await;
                world.restart();
                ends(&world, &content, &what).await;
            }
        }
    }
}

async fn a_change_whose_commit_fails_goes_on(engine: Engine) {
    for nth in 1..=12 {
        let what = format!("commit {nth}");
        let mut world = world(engine, &[("web", Some(1))]).await;
        let content = bytes(1, 300_000);
        push(&world, "web", &content, "v1").await;
        world.run_due().await;
        rekey(&world, "web", Some(2)).await;
        world.db().faults().fail_commit(nth);
        world.run_due().await;
        world.restart();
        nothing_is_lost(&world, &what).await;
        // The lease of a run that died ends.
        world.clock.forward(Duration::from_mins(10));
        ends(&world, &content, &what).await;
    }
}
