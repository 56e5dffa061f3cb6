//! From one installation, with rows on SQLite, into another.

use blobs::testing::{Call, Fault};
use db::on_both_engines;
use db::testing::Engine;
use operations::migrate::{MoveError, Outcome, Progress, migrate, require_complete};

use crate::fixture::Wanted;
use crate::house::{
    AGES, Other, busy_world, bytes, faulty_calls, jobs, nth_calls, push_layer, put_image, uploads,
    view,
};

on_both_engines!(
    everything_moves_but_unfinished_uploads,
    an_interrupted_migration_goes_on,
    a_commit_of_rows_that_fails_is_no_harm,
    a_source_that_went_on_meanwhile_is_moved_as_it_is_now,
    what_is_not_empty_or_not_the_same_is_refused,
    a_damaged_object_does_not_move,
);

async fn everything_moves_but_unfinished_uploads(engine: Engine) {
    let (world, layers) = busy_world(Engine::Sqlite).await;
    assert_eq!(uploads(world.db()).await, 1);
    assert_eq!(
        jobs(world.db()).await,
        ["abandon_upload", "delete_object", "record_image", "review_repository_blob"]
    );
    let other = Other::on(engine, &world);
    let progress = Progress::default();
    let moved = migrate(world.operations(), &other.operations, &progress).await;
    assert_eq!(moved.unwrap(), Outcome::Completed);
    let figures = progress.figures();
    assert_eq!((figures.objects, figures.bytes), (figures.objects_total, 865_546));
    assert!(figures.copied_bytes > figures.bytes, "headers and records besides");
    require_complete(other.db()).await.unwrap();
    assert_eq!(view(&other.operations, &layers).await, view(world.operations(), &layers).await);
    assert_eq!(other.findings().await, Vec::<String>::new());
    assert_eq!(uploads(other.db()).await, 0);
    assert_eq!(jobs(other.db()).await, ["record_image", "review_repository_blob"]);
    let again = migrate(world.operations(), &other.operations, &Progress::default()).await;
    assert_eq!(again.unwrap(), Outcome::WasComplete);
}

/// Fails at the first call of a kind, then at the second, and so on until nothing fails any more;
/// each run goes on from where the one before stopped, as another process would.
async fn an_interrupted_migration_goes_on(engine: Engine) {
    let (world, layers) = busy_world(Engine::Sqlite).await;
    let wanted = view(world.operations(), &layers).await;
    for fault in [Fault::Broken, Fault::AnswerLost] {
        for &call in faulty_calls(engine) {
            let mut other = Other::on(engine, &world);
            for nth in nth_calls(engine) {
                other.faults.arm(call, nth, fault);
                let moved =
                    migrate(world.operations(), &other.operations, &Progress::default()).await;
                if moved.is_ok() {
                    break;
                }
                assert!(nth < 200, "it never ends: {moved:?}");
                let refused = require_complete(other.db()).await;
                assert!(refused.is_err(), "{call:?} {nth}");
                other = other.reopen(&world);
            }
            other.faults.disarm();
            assert_eq!(view(&other.operations, &layers).await, wanted, "{call:?} {fault:?}");
            assert_eq!(other.findings().await, Vec::<String>::new(), "{call:?} {fault:?}");
        }
    }
}

async fn a_commit_of_rows_that_fails_is_no_harm(engine: Engine) {
    let (world, layers) = busy_world(Engine::Sqlite).await;
    let mut other = Other::on(engine, &world);
    for nth in nth_calls(engine) {
        other.db().faults().fail_commit(u32::try_from(nth).unwrap());
        let moved = migrate(world.operations(), &other.operations, &Progress::default()).await;
        if moved.is_ok() {
            assert!(nth > 20, "commits of tables and pages were counted");
            break;
        }
        other = other.reopen(&world);
    }
    assert_eq!(view(&other.operations, &layers).await, view(world.operations(), &layers).await);
    assert_eq!(other.findings().await, Vec::<String>::new());
}

async fn a_source_that_went_on_meanwhile_is_moved_as_it_is_now(engine: Engine) {
    let (world, layers) = busy_world(Engine::Sqlite).await;
    let other = Other::on(engine, &world);
    other.faults.arm(Call::Commit, 6, Fault::Broken);
    migrate(world.operations(), &other.operations, &Progress::default()).await.unwrap_err();
    let layer = push_layer(&world, "web", &bytes(8, 5_000)).await;
    put_image(&world, "web", &Wanted { layers: vec![layer], ..Wanted::default() }, &["v1"]).await;
    world.clock.forward(AGES);
    world.run_due().await;
    world.clock.forward(AGES);
    world.run_due().await;
    let other = other.reopen(&world);
    let moved = migrate(world.operations(), &other.operations, &Progress::default()).await;
    assert_eq!(moved.unwrap(), Outcome::Completed);
    assert_eq!(view(&other.operations, &layers).await, view(world.operations(), &layers).await);
    assert_eq!(other.findings().await, Vec::<String>::new(), "no object is left over");
}

async fn what_is_not_empty_or_not_the_same_is_refused(engine: Engine) {
    let (world, _) = busy_world(Engine::Sqlite).await;
    let (second, _) = busy_world(Engine::Sqlite).await;
    let to = |other: &Other| other.operations.clone();
    let progress = Progress::default();

    let other = Other::with_keyring_of_its_own(engine, &world);
    let refused = migrate(world.operations(), &to(&other), &progress).await;
    assert!(matches!(refused, Err(MoveError::OtherKeyring { .. })), "{refused:?}");

    let other = Other::on(engine, &second);
    migrate(second.operations(), &to(&other), &progress).await.unwrap();
    let again = migrate(second.operations(), &to(&other), &progress).await;
    assert_eq!(again.unwrap(), Outcome::WasComplete);

    let refused = migrate(world.operations(), second.operations(), &progress).await;
    assert!(matches!(refused, Err(MoveError::OtherKeyring { .. })), "{refused:?}");

    let other = Other::on(engine, &world);
    let settings = operations::RepositorySettings::default();
    let name = crate::fixture::repository("here");
    other.operations.create_repository(&name, settings).await.unwrap();
    let refused = migrate(world.operations(), &to(&other), &progress).await;
    assert!(matches!(refused, Err(MoveError::RowsInTheWay { .. })), "{refused:?}");
}

async fn a_damaged_object_does_not_move(engine: Engine) {
    let (world, _) = busy_world(Engine::Sqlite).await;
    let mut objects = Vec::new();
    for folder in std::fs::read_dir(world.folder.path().join("objects/objects")).unwrap() {
        let files = std::fs::read_dir(folder.unwrap().path()).unwrap();
        objects.extend(files.map(|file| file.unwrap().path()));
    }
    let largest = objects.into_iter().max_by_key(|path| path.metadata().unwrap().len()).unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(largest).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&file, b"otherwise", 400_000).unwrap();
    let other = Other::on(engine, &world);
    let refused = migrate(world.operations(), &other.operations, &Progress::default()).await;
    assert!(matches!(refused, Err(MoveError::Damaged { .. })), "{refused:?}");
    let unfinished = require_complete(other.db()).await.unwrap_err().to_string();
    assert!(unfinished.ends_with("finish it with: longshore migrate"), "{unfinished}");
}
