//! Many writers at once, on as many connections as PostgreSQL has: every write succeeds, each is
//! there afterwards, and writers of different things rarely conflict.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::sync::Arc;

use blobs::{Blobs, LocalStore};
use db::Db;
use db::testing::{Engine, MANY_IMAGES};
use fixture::{Wanted, body, manifest, puller, pusher, repository};
use keys::Keyring;
use names::{Digest, ImageTag, Reference};
use operations::{AtRest, Chunk, IfSame, Operations, PutImage, RepositorySettings};
use stand_ins::HandClock;
use tokio::task::JoinSet;

/// Runs again for each hundred images, if every transaction ran twice. A busy machine comes to a
/// quarter of it.
const STORM: u64 = 400;

const WRITERS: usize = 6;
const IMAGES: usize = 12;

/// Which repository a writer writes to, and how it names its images.
#[derive(Clone, Copy)]
enum Plan {
    RepositoryEach,
    Repository,
    /// The same image, under a tag of each writer's own.
    Image,
}

async fn push(operations: &Operations, plan: Plan, writer: usize, number: usize) {
    let at = match plan {
        Plan::RepositoryEach => writer,
        Plan::Repository | Plan::Image => 0,
    };
    let name = repository(&format!("team/web-{at}"));
    let (content, salt) = match plan {
        Plan::Image => ("the one layer".to_owned(), 0),
        Plan::RepositoryEach | Plan::Repository => {
            (format!("layer {number} of {writer}"), (writer * IMAGES + number) as u64)
        }
    };
    let digest = Digest::sha256(content.as_bytes());
    let length = Some(content.len() as u64);
    let bytes = body(content.as_bytes());
    let chunk = Chunk { first_byte: None, length, expected: None, body: bytes };
    operations.upload_layer(&name, &digest, chunk).await.unwrap();
    let layers = vec![(digest, content.len() as u64)];
    let manifest = manifest(&Wanted { layers, salt, ..Wanted::default() });
    let tags = vec![ImageTag::parse(&format!("t-{writer}-{number}")).unwrap()];
    operations
        .put_image(&name, PutImage { manifest, tags, if_same: IfSame::Accept }, &pusher())
        .await
        .unwrap();
}

/// Has all write at once; says how often a closure ran again, for each hundred images.
async fn pushed_at_once(plan: Plan) -> Option<u64> {
    let Engine::Postgres(server) = Engine::postgres("writing at once")? else { return None };
    let folder = tempfile::tempdir().unwrap();
    let database = server.database();
    let db = Db::connect(&database.url(), WRITERS).unwrap();
    let store = LocalStore::open(&folder.path().join("objects")).unwrap();
    let keyring = Keyring::open_or_create(&folder.path().join("keyring")).unwrap();
    let (blobs, keyring) = (Blobs::new(Arc::new(store)), Arc::new(keyring));
    let operations = Arc::new(Operations::new(
        db.clone(),
        blobs,
        keyring,
        Arc::new(HandClock::default()),
        AtRest::Sealed,
    ));
    for at in 0..WRITERS {
        let settings = RepositorySettings::default();
        operations
            .create_repository(&repository(&format!("team/web-{at}")), settings)
            .await
            .unwrap();
    }
    // In an empty database all rows are on one page of each index, and a transaction that reads one
    // conflicts with each that adds another.
    database.sql(MANY_IMAGES);
    let before = db.runs_again();
    let mut writing = JoinSet::new();
    for writer in 0..WRITERS {
        let operations = Arc::clone(&operations);
        writing.spawn(async move {
            for number in 0..IMAGES {
                push(&operations, plan, writer, number).await;
            }
        });
    }
    writing.join_all().await;
    for writer in 0..WRITERS {
        let at = if matches!(plan, Plan::RepositoryEach) { writer } else { 0 };
        let arn = repository(&format!("team/web-{at}"));
        for number in 0..IMAGES {
            let tag = Reference::parse(&format!("t-{writer}-{number}")).unwrap();
            operations.pull_image(&arn, &tag, &puller()).await.unwrap();
        }
    }
    let again = db.runs_again() - before;
    let in_hundred = again * 100 / (WRITERS * IMAGES) as u64;
    println!("{again} of some {} transactions ran again", WRITERS * IMAGES * 4);
    Some(in_hundred)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pushes_to_different_repositories_all_succeed() {
    let Some(again) = pushed_at_once(Plan::RepositoryEach).await else { return };
    assert!(again <= STORM, "{again} runs again for each hundred images");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pushes_of_different_images_to_one_repository_all_succeed() {
    let Some(again) = pushed_at_once(Plan::Repository).await else { return };
    assert!(again <= STORM, "{again} runs again for each hundred images");
}

/// Here there is a row that all change: the image, which counts its tags.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pushes_of_one_image_under_different_tags_all_succeed() {
    pushed_at_once(Plan::Image).await;
}
