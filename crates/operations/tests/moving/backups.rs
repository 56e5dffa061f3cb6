//! Into a backup, and out of it.

use std::time::Duration;

use blobs::DocumentKind;
use blobs::testing::{Call, Fault};
use db::DbError;
use names::{Clock as _, Digest};
use operations::backup::{BackupPlace, back_up, find, list, prune, restore};
use operations::migrate::{MoveError, Outcome, Progress, migrate, require_complete};

use crate::fixture::{Wanted, World, repository};
use crate::house::{
    AGES, Other, busy_world, bytes, jobs, objects, place, push_layer, put_image, uploads, view,
};

async fn backed_up(world: &World, to: &BackupPlace) -> (String, u64) {
    let progress = Progress::default();
    let manifest = back_up(world.operations(), to, &progress).await.unwrap();
    let figures = progress.figures();
    assert_eq!(figures.objects, figures.objects_total);
    world.clock.forward(Duration::from_secs(1));
    (manifest.id.as_str().to_owned(), figures.copied_bytes)
}

async fn restored(from: &BackupPlace, id: &str, world: &World, engine: usize) -> Other {
    let other = Other::each(world).into_iter().nth(engine).unwrap();
    let manifest = find(from, Some(id)).await.unwrap();
    let done = restore(from, &manifest, &other.operations, &Progress::default()).await;
    assert_eq!(done.unwrap(), Outcome::Completed);
    assert_eq!(other.findings().await, Vec::<String>::new());
    assert_eq!(uploads(other.db()).await, 0);
    other
}

async fn documents(place: &BackupPlace, kind: DocumentKind) -> usize {
    place.documents.list(kind).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_hold_each_moment_and_each_object_once() {
    let (world, layers) = busy_world().await;
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let first_view = view(world.operations(), &layers).await;
    let (first, copied_first) = backed_up(&world, &place).await;
    assert!(copied_first > 865_546);
    let (same, copied) = backed_up(&world, &place).await;
    assert!(first < same && copied == 0, "nothing is new: {copied}");
    let files = documents(&place, DocumentKind::Rows).await;

    let layer = push_layer(&world, "web", &bytes(8, 5_000)).await;
    put_image(&world, "web", &Wanted { layers: vec![layer], ..Wanted::default() }, &["v1"]).await;
    world.clock.forward(AGES);
    world.run_due().await;
    let second_view = view(world.operations(), &layers).await;
    let (second, copied) = backed_up(&world, &place).await;
    assert!((5_000..80_000).contains(&copied), "the new layer and the new records: {copied}");
    assert!(documents(&place, DocumentKind::Rows).await > files);
    assert_eq!(documents(&place, DocumentKind::Progress).await, 0);

    let engines = Other::each(&world).len();
    for engine in 0..engines {
        let other = restored(&place, &first, &world, engine).await;
        assert_eq!(view(&other.operations, &layers).await, first_view);
        let other = restored(&place, &second, &world, engine).await;
        assert_eq!(view(&other.operations, &layers).await, second_view);
    }
    let ids: Vec<_> =
        list(&place).await.unwrap().iter().map(|m| m.id.as_str().to_owned()).collect();
    assert_eq!(ids, [first, same, second.clone()]);

    world.clock.forward(AGES);
    world.run_due().await;
    world.clock.forward(AGES);
    world.run_due().await;
    let (newest, _) = backed_up(&world, &place).await;
    let pruned = prune(&place, 2).await.unwrap();
    assert_eq!(pruned.backups.len(), 2);
    assert!(pruned.files > 0 && pruned.objects > 0, "{pruned:?}");
    for id in [&second, &newest] {
        restored(&place, id, &world, 0).await;
    }
    assert_eq!(prune(&place, 2).await.unwrap(), operations::backup::Pruned::default());
    let gone = find(&place, Some(&pruned.backups[0].to_string())).await;
    assert!(matches!(gone, Err(MoveError::NoBackup { .. })), "{gone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_backup_or_restore_goes_on() {
    let (world, layers) = busy_world().await;
    let wanted = view(world.operations(), &layers).await;
    for call in [Call::Create, Call::Write, Call::Commit, Call::Open, Call::Read] {
        let folder = tempfile::tempdir().unwrap();
        let mut nth = 1;
        let place = loop {
            let (place, faults) = place(&folder);
            faults.arm(call, nth, Fault::Broken);
            let done = back_up(world.operations(), &place, &Progress::default()).await;
            faults.disarm();
            if done.is_ok() {
                break place;
            }
            assert_eq!(list(&place).await.unwrap().len(), 0, "nothing half is shown");
            assert!(nth < 200, "it never ends: {done:?}");
            nth += 1;
        };
        assert!(nth > 1, "{call:?} {nth}");
        let manifest = find(&place, None).await.unwrap();
        let mut other = Other::one(&world);
        for nth in 1.. {
            other.faults.arm(call, nth, Fault::Broken);
            let done = restore(&place, &manifest, &other.operations, &Progress::default()).await;
            if done.is_ok() {
                break;
            }
            let refused = require_complete(other.db()).await.unwrap_err().to_string();
            assert!(refused.ends_with("finish with: longshore restore"), "{refused}");
            assert!(nth < 200, "it never ends: {done:?}");
            other = other.reopen(&world);
        }
        other.faults.disarm();
        assert_eq!(view(&other.operations, &layers).await, wanted);
        assert_eq!(other.findings().await, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_deleted_while_somebody_copies() {
    let (world, _) = busy_world().await;
    let held_until = world.clock.now().plus(AGES * 9);
    let put: Result<(), DbError> =
        world.db().write(move |tx| tx.put_deletion_hold("a backup", held_until)).await;
    put.unwrap();
    let before = objects(&world);
    for _ in 0..3 {
        world.clock.forward(AGES);
        world.run_due().await;
    }
    assert!(objects(&world) >= before, "records may have come, and nothing went");
    assert_eq!(jobs(world.db()).await, ["delete_object"]);
    world.clock.forward(AGES * 9);
    world.run_due().await;
    assert!(objects(&world) < before);
    assert_eq!(jobs(world.db()).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_objects_are_kept_for_as_long_as_asked() {
    let (world, _) = busy_world().await;
    let other = Other::keeping_deleted(&world, AGES * 9);
    migrate(world.operations(), &other.operations, &Progress::default()).await.unwrap();
    let layer = other
        .operations
        .find_blob(&repository("team/api"), &Digest::sha256(&bytes(5, 100_000)))
        .await;
    let layer = layer.unwrap().unwrap();
    let before = other.objects();
    for _ in 0..3 {
        world.clock.forward(AGES);
        other.run_due(&world).await;
    }
    assert!(other.objects() >= before, "nothing went");
    let range = names::ByteRange::whole(layer.size_bytes());
    other.operations.open_blob(&layer, range).await.unwrap();
    world.clock.forward(AGES * 9);
    other.run_due(&world).await;
    assert!(other.operations.open_blob(&layer, range).await.is_err());
    assert_eq!(jobs(other.db()).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_damaged_or_foreign_is_not_restored() {
    let (world, _) = busy_world().await;
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (id, _) = backed_up(&world, &place).await;
    let manifest = find(&place, Some(&id)).await.unwrap();
    let stranger = Other::with_keyring_of_its_own(&world);
    let progress = Progress::default();
    let refused = restore(&place, &manifest, &stranger.operations, &progress).await;
    assert!(matches!(refused, Err(MoveError::OtherKeyring { .. })), "{refused:?}");
    let refused = find(&place, Some("../lock")).await;
    assert!(matches!(refused, Err(MoveError::NoBackup { .. })), "{refused:?}");

    let name = place.documents.list(DocumentKind::Rows).await.unwrap().pop().unwrap();
    let whole = place.documents.read(DocumentKind::Rows, &name).await.unwrap().unwrap();
    let cut = whole[..whole.len() - 1].to_vec();
    place.documents.put(DocumentKind::Rows, &name, cut).await.unwrap();
    let other = Other::one(&world);
    let refused = restore(&place, &manifest, &other.operations, &progress).await;
    let why = refused.unwrap_err().to_string();
    assert_eq!(
        why,
        format!("the backup is damaged: rows/{name}: its content is not what it is named after")
    );
    place.documents.put(DocumentKind::Rows, &name, whole).await.unwrap();
    let done = restore(&place, &manifest, &other.operations, &progress).await;
    assert_eq!(done.unwrap(), Outcome::Completed);
}
