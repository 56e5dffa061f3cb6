//! Backups are made and restored.

use std::time::Duration;

use blobs::DocumentKind;
use blobs::testing::{Call, Fault};
use db::testing::Engine;
use db::{DbError, on_both_engines};
use names::{Clock as _, Digest, Timestamp};
use operations::IfUnsealed;
use operations::backup::{BackupPlace, Made, Pruned, back_up, find, list, names, restore};
use operations::migrate::{MoveError, Outcome, Progress, migrate, require_complete};

use crate::fixture::{Wanted, World, repository};
use crate::house::{
    AGES, Other, busy_world, bytes, engines, faulty_calls, jobs, nth_calls, objects, place,
    push_layer, put_image, uploads, view,
};

on_both_engines!(
    backups_hold_each_moment_and_each_object_once,
    an_interrupted_backup_or_restore_goes_on,
    nothing_is_deleted_while_a_backup_copies,
    two_backups_do_not_run_at_once,
    deleted_objects_are_kept_for_as_long_as_asked,
    what_is_damaged_or_foreign_is_not_restored,
);

pub(crate) async fn backed_up(world: &World, to: &BackupPlace) -> (String, u64) {
    let progress = Progress::default();
    let Made { manifest, pruned } = back_up(world.operations(), to, None, &progress).await.unwrap();
    assert_eq!(pruned.unwrap(), Pruned::default());
    let figures = progress.figures();
    assert_eq!(figures.objects, figures.objects_total);
    world.clock.forward(Duration::from_secs(1));
    (manifest.id.as_str().to_owned(), figures.copied_bytes)
}

pub(crate) async fn restored(from: &BackupPlace, id: &str, world: &World, engine: Engine) -> Other {
    let other = Other::on(engine, world);
    let manifest = find(from, other.operations.keyring(), Some(id)).await.unwrap();
    let (refuse, progress) = (IfUnsealed::Refuse, Progress::default());
    let done = restore(from, &manifest, refuse, &other.operations, &progress).await;
    assert_eq!(done.unwrap(), Outcome::Completed);
    assert_eq!(other.findings().await, Vec::<String>::new());
    assert_eq!(uploads(other.db()).await, 0);
    other
}

async fn documents(place: &BackupPlace, kind: DocumentKind) -> usize {
    place.documents.list(kind).await.unwrap().len()
}

async fn backups_hold_each_moment_and_each_object_once(engine: Engine) {
    let (world, layers) = busy_world(engine).await;
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

    for engine in engines() {
        let other = restored(&place, &first, &world, engine).await;
        assert_eq!(view(&other.operations, &layers).await, first_view);
        let other = restored(&place, &second, &world, engine).await;
        assert_eq!(view(&other.operations, &layers).await, second_view);
    }
    let listed = list(&place, world.operations().keyring()).await.unwrap();
    assert!(listed.iter().all(|listed| listed.manifest.is_ok()));
    let ids: Vec<_> = listed.iter().map(|listed| listed.id.as_str().to_owned()).collect();
    assert_eq!(ids, [first, same, second.clone()]);

    world.clock.forward(AGES);
    world.run_due().await;
    world.clock.forward(AGES);
    world.run_due().await;
    let progress = Progress::default();
    let made = back_up(world.operations(), &place, Some(2), &progress).await;
    let Made { manifest, pruned } = made.unwrap();
    let pruned = pruned.unwrap();
    let newest = manifest.id.as_str().to_owned();
    assert_eq!(pruned.backups.len(), 2);
    assert!(pruned.files > 0 && pruned.objects > 0, "{pruned:?}");
    for id in [&second, &newest] {
        restored(&place, id, &world, engine).await;
    }
    let made = back_up(world.operations(), &place, Some(3), &progress).await;
    assert_eq!(made.unwrap().pruned.unwrap(), Pruned::default(), "there are three");
    let gone = pruned.backups[0].to_string();
    let gone = find(&place, world.operations().keyring(), Some(&gone)).await;
    assert!(matches!(gone, Err(MoveError::NoBackup { .. })), "{gone:?}");
}

async fn an_interrupted_backup_or_restore_goes_on(engine: Engine) {
    let (world, layers) = busy_world(engine).await;
    let wanted = view(world.operations(), &layers).await;
    // Nothing lists the objects of a backup while it is made.
    for &call in faulty_calls(engine).iter().filter(|call| **call != Call::List) {
        let folder = tempfile::tempdir().unwrap();
        let mut calls = nth_calls(engine);
        let place = loop {
            let nth = calls.next().unwrap();
            let (place, faults) = place(&folder);
            faults.arm(call, nth, Fault::Broken);
            let done = back_up(world.operations(), &place, None, &Progress::default()).await;
            faults.disarm();
            if done.is_ok() {
                assert!(nth > 1, "{call:?}");
                break place;
            }
            assert_eq!(names(&place).await.unwrap().len(), 0, "nothing half is shown");
            assert!(nth < 200, "it never ends: {done:?}");
        };
        let manifest = find(&place, world.operations().keyring(), None).await.unwrap();
        let mut other = Other::on(engine, &world);
        for nth in nth_calls(engine) {
            other.faults.arm(call, nth, Fault::Broken);
            let (refuse, progress) = (IfUnsealed::Refuse, Progress::default());
            let done = restore(&place, &manifest, refuse, &other.operations, &progress).await;
            if done.is_ok() {
                break;
            }
            let refused = require_complete(other.db()).await.unwrap_err().to_string();
            assert!(refused.ends_with("finish it with: longshore restore"), "{refused}");
            assert!(nth < 200, "it never ends: {done:?}");
            other = other.reopen(&world);
        }
        other.faults.disarm();
        assert_eq!(view(&other.operations, &layers).await, wanted);
        assert_eq!(other.findings().await, Vec::<String>::new());
    }
}

async fn nothing_is_deleted_while_a_backup_copies(engine: Engine) {
    let (world, _) = busy_world(engine).await;
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

/// What a run notes that is at it until `until`.
async fn note_turn(world: &World, until: Timestamp) {
    let turn = format!("0123456789abcdef {}", until.as_micros());
    let noted: Result<(), DbError> =
        world.db().write(move |tx| tx.put_deployment_fact("backup_turn", &turn)).await;
    noted.unwrap();
}

async fn two_backups_do_not_run_at_once(engine: Engine) {
    let (world, _) = busy_world(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let second = Duration::from_secs(1);
    let until = world.clock.now().plus(second);
    let progress = Progress::default();

    note_turn(&world, until).await;
    let renewed = async {
        tokio::time::sleep(second).await;
        assert_eq!(names(&place).await.unwrap().len(), 0, "it waits");
        note_turn(&world, until.plus(second)).await;
    };
    let (refused, ()) =
        tokio::join!(back_up(world.operations(), &place, Some(1), &progress), renewed);
    assert!(matches!(refused, Err(MoveError::OtherBackup)), "{refused:?}");

    let died = async {
        tokio::time::sleep(second).await;
        world.clock.forward(second * 3);
    };
    let (made, ()) = tokio::join!(back_up(world.operations(), &place, Some(1), &progress), died);
    made.unwrap();
    back_up(world.operations(), &place, Some(1), &progress).await.unwrap();
}

async fn deleted_objects_are_kept_for_as_long_as_asked(engine: Engine) {
    let (world, _) = busy_world(engine).await;
    let other = Other::keeping_deleted(engine, &world, AGES * 9);
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

async fn what_is_damaged_or_foreign_is_not_restored(engine: Engine) {
    let (world, _) = busy_world(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (id, _) = backed_up(&world, &place).await;
    let keyring = world.operations().keyring();
    let manifest = find(&place, keyring, Some(&id)).await.unwrap();
    let stranger = Other::with_keyring_of_its_own(engine, &world);
    let refused = find(&place, stranger.operations.keyring(), Some(&id)).await;
    assert!(matches!(refused, Err(MoveError::BackupOfOtherKeyring { .. })), "{refused:?}");
    let refused = find(&place, keyring, Some("../lock")).await;
    assert!(matches!(refused, Err(MoveError::NoBackup { .. })), "{refused:?}");

    let name = place.documents.list(DocumentKind::Rows).await.unwrap().pop().unwrap();
    let whole = place.documents.read(DocumentKind::Rows, &name).await.unwrap().unwrap();
    let cut = whole[..whole.len() - 1].to_vec();
    place.documents.put(DocumentKind::Rows, &name, cut).await.unwrap();
    let other = Other::on(engine, &world);
    let (refuse, progress) = (IfUnsealed::Refuse, Progress::default());
    let refused = restore(&place, &manifest, refuse, &other.operations, &progress).await;
    let why = refused.unwrap_err().to_string();
    let wanted = format!("the backup is damaged: rows/{name}: it is not what was sealed there");
    assert!(why.starts_with(&wanted), "{why}");
    place.documents.put(DocumentKind::Rows, &name, whole).await.unwrap();
    let done = restore(&place, &manifest, refuse, &other.operations, &progress).await;
    assert_eq!(done.unwrap(), Outcome::Completed);
}
