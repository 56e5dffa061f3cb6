//! What a transaction promises, with commits that are shared and commits that fail.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use db::{Db, DbError, RegistryKey};
use names::{RegistryId, Timestamp};
use tempfile::TempDir;
use tokio::join;

fn registry(account: u64) -> RegistryId {
    let account = format!("{account:012}").parse().unwrap();
    RegistryId { account, region: "us-east-1".parse().unwrap() }
}

fn open() -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&file(&folder)).unwrap();
    (folder, db)
}

fn file(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("rows.sqlite")
}

async fn write(db: &Db, account: u64) -> Result<RegistryKey, DbError> {
    db.write(move |tx| tx.open_registry(&registry(account), Timestamp::from_seconds(1))).await
}

/// Writes a row, and then fails.
async fn write_and_fail(db: &Db, account: u64) -> Result<(), DbError> {
    db.write(move |tx| {
        tx.open_registry(&registry(account), Timestamp::from_seconds(1))?;
        Err(DbError::Corrupt { column: "nothing" })
    })
    .await
}

async fn is_there(db: &Db, account: u64) -> bool {
    let found: Result<_, DbError> = db.read(move |tx| tx.find_registry(&registry(account))).await;
    found.unwrap().is_some()
}

/// Keeps the writer busy until the sender is dropped, so that what is written meanwhile shares one commit.
async fn hold(db: &Db, until: Receiver<()>) -> Result<(), DbError> {
    db.write(move |_| {
        // An error says that the sender has gone, which is what this waits for.
        until.recv().ok();
        Ok(())
    })
    .await
}

fn latch() -> (Sender<()>, Receiver<()>) {
    channel()
}

#[tokio::test]
async fn an_error_leaves_no_row_behind() {
    let (_folder, db) = open();
    assert!(matches!(write_and_fail(&db, 1).await, Err(DbError::Corrupt { column: "nothing" })));
    assert!(!is_there(&db, 1).await);
    write(&db, 1).await.unwrap();
    assert!(is_there(&db, 1).await);
}

#[tokio::test]
async fn a_closure_that_fails_in_a_shared_commit_fails_alone() {
    let (_folder, db) = open();
    let (go, wait) = latch();
    let release = async { drop(go) };
    let (held, one, two, three, ()) =
        join!(hold(&db, wait), write(&db, 1), write_and_fail(&db, 2), write(&db, 3), release);
    assert!(held.is_ok() && one.is_ok() && two.is_err() && three.is_ok());
    let there = [is_there(&db, 1).await, is_there(&db, 2).await, is_there(&db, 3).await];
    assert_eq!(there, [true, false, true]);
}

#[tokio::test]
async fn a_commit_that_fails_fails_for_all_who_share_it_and_for_nobody_after() {
    let (_folder, db) = open();
    let (go, wait) = latch();
    db.faults().fail_commit(1);
    let release = async { drop(go) };
    let (held, one, two, three, ()) =
        join!(hold(&db, wait), write(&db, 1), write_and_fail(&db, 2), write(&db, 3), release);
    assert!(matches!(held, Err(DbError::Injected)));
    assert!(matches!(one, Err(DbError::Injected)));
    assert!(
        matches!(two, Err(DbError::Corrupt { .. })),
        "what it said itself is more to the point"
    );
    assert!(matches!(three, Err(DbError::Injected)));
    for account in 1..=3 {
        assert!(!is_there(&db, account).await, "{account}");
    }
    write(&db, 1).await.unwrap();
    assert!(is_there(&db, 1).await);
}

#[tokio::test]
async fn a_closure_that_panics_takes_nobody_along() {
    let (_folder, db) = open();
    let (go, wait) = latch();
    let panics = db.write(|tx| {
        tx.open_registry(&registry(2), Timestamp::from_seconds(1))?;
        let found = tx.find_registry(&registry(9))?;
        Ok::<_, DbError>(found.expect("this test wants a panic"))
    });
    let release = async { drop(go) };
    let (held, one, two, ()) = join!(hold(&db, wait), write(&db, 1), panics, release);
    assert!(held.is_ok() && one.is_ok());
    assert!(matches!(two, Err(DbError::Closed)));
    assert!(is_there(&db, 1).await && !is_there(&db, 2).await);
    write(&db, 3).await.unwrap();
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    let (folder, db) = open();
    for account in 1..=50 {
        write(&db, account).await.unwrap();
    }
    drop(db);
    let db = Db::open(&file(&folder)).unwrap();
    for account in 1..=50 {
        assert!(is_there(&db, account).await, "{account}");
    }
}

#[tokio::test]
async fn a_read_cannot_write() {
    let (_folder, db) = open();
    let key = write(&db, 1).await.unwrap();
    let written = db.read(move |tx| tx.put_registry_setting(key, "name", "value")).await;
    assert!(matches!(written, Err(DbError::ReadOnly)));
}

#[tokio::test]
async fn a_read_sees_one_moment() {
    let (_folder, db) = open();
    let writer = db.clone();
    let (go, wait) = latch();
    let before_and_after = tokio::task::spawn_blocking({
        let db = db.clone();
        move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let mut wait = Some(wait);
            runtime.block_on(db.read(move |tx| {
                let before = tx.find_registry(&registry(1))?.is_some();
                wait.take().and_then(|wait| wait.recv().ok());
                let after = tx.find_registry(&registry(1))?.is_some();
                Ok::<_, DbError>((before, after))
            }))
        }
    });
    // Whether this comes before or within the read, the two looks agree.
    write(&writer, 1).await.unwrap();
    drop(go);
    let (before, after) = before_and_after.await.unwrap().unwrap();
    assert_eq!(before, after);
    assert!(is_there(&db, 1).await);
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    let (folder, db) = open();
    write(&db, 1).await.unwrap();
    drop(db);
    alter(&file(&folder), "INSERT INTO schema_version (number) VALUES (999)");
    let refused = Db::open(&file(&folder));
    assert!(matches!(refused, Err(DbError::Newer { found: 999, .. })), "{refused:?}");
    alter(&file(&folder), "DELETE FROM schema_version WHERE number = 999");
    assert!(is_there(&Db::open(&file(&folder)).unwrap(), 1).await);
}

#[tokio::test]
async fn a_row_that_refers_to_nothing_is_found() {
    let (folder, db) = open();
    write(&db, 1).await.unwrap();
    assert_eq!(db.integrity_check().unwrap(), Vec::<String>::new());
    alter(
        &file(&folder),
        "PRAGMA foreign_keys = OFF;
         INSERT INTO registry_setting (registry, name, value) VALUES (77, 'a', 'b')",
    );
    let found = db.integrity_check().unwrap();
    assert_eq!(found, ["a row of registry_setting refers to a row of registry that is not there"]);
}

fn alter(path: &Path, sql: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}
