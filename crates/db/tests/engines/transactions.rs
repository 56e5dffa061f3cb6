//! The promises of a transaction, with shared commits and failing commits.

use std::sync::mpsc::{Receiver, Sender, channel};

use db::{Db, DbError, JobTurn, NewJob, RegistryKey};
use names::{RegistryId, Timestamp};
use tokio::join;

use crate::house::{House, on_both_engines};

on_both_engines!(
    an_error_leaves_no_row_behind,
    a_closure_that_fails_among_others_fails_alone,
    a_change_without_a_waiter_is_kept_with_the_rest_and_fails_with_it,
    a_commit_that_fails_leaves_no_row_and_harms_no_later_one,
    a_closure_that_panics_harms_no_other,
    what_was_acknowledged_is_there_after_a_restart,
    a_read_cannot_write,
    a_read_sees_one_moment,
    a_database_of_a_newer_program_is_refused_and_left_alone,
    a_row_that_refers_to_nothing_is_found,
    a_database_has_a_size,
);

pub(crate) fn registry(account: u64) -> RegistryId {
    let account = format!("{account:012}").parse().unwrap();
    RegistryId { account, region: "us-east-1".parse().unwrap() }
}

pub(crate) async fn write(db: &Db, account: u64) -> Result<RegistryKey, DbError> {
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

pub(crate) async fn is_there(db: &Db, account: u64) -> bool {
    let found: Result<_, DbError> = db.read(move |tx| tx.find_registry(&registry(account))).await;
    found.unwrap().is_some()
}

/// Keeps the writer busy until the sender is dropped, so that what is written meanwhile shares one
/// commit.
async fn hold(db: &Db, until: Receiver<()>) -> Result<(), DbError> {
    db.write(move |_| {
        // An error means that the sender is gone, which is what this waits for.
        until.recv().ok();
        Ok(())
    })
    .await
}

fn latch() -> (Sender<()>, Receiver<()>) {
    channel()
}

async fn an_error_leaves_no_row_behind(house: &House) {
    let db = house.open();
    assert!(matches!(write_and_fail(&db, 1).await, Err(DbError::Corrupt { column: "nothing" })));
    assert!(!is_there(&db, 1).await);
    write(&db, 1).await.unwrap();
    assert!(is_there(&db, 1).await);
}

/// Queues jobs, and writes a setting of a registry that may not exist.
async fn put_jobs(db: &Db, count: u32, about: Option<RegistryKey>) -> Result<(), DbError> {
    db.write(move |tx| {
        for number in 0..count {
            let (subject, now) = (&number.to_string(), Timestamp::from_seconds(1));
            let (cause, name, payload) = ("cause", "job", "{}");
            let new = NewJob { lane: "lane", cause, name, subject, payload, due_at: now };
            tx.put_job(&new, now)?;
        }
        about.map_or(Ok(()), |registry| tx.put_registry_setting(registry, "name", "value"))
    })
    .await
}

async fn a_change_without_a_waiter_is_kept_with_the_rest_and_fails_with_it(house: &House) {
    let db = house.open();
    let queued = async || {
        let now = Timestamp::from_seconds(1);
        db.claim_jobs("lane", JobTurn::new(200), now, now, 200).await.unwrap().0.len()
    };
    let gone = write(&db, 1).await.unwrap();
    house.alter("DELETE FROM registry");
    let failed = put_jobs(&db, 3, Some(gone)).await;
    assert!(matches!(failed, Err(DbError::Engine { .. })), "{failed:?}");
    assert_eq!(queued().await, 0, "what was sent before has gone with it");
    for count in [1, 23, 24, 25, 100] {
        put_jobs(&db, count, None).await.unwrap();
        assert_eq!(queued().await, count as usize, "however many travel together");
    }
    let there = write(&db, 2).await.unwrap();
    put_jobs(&db, 100, Some(there)).await.unwrap();
    assert_eq!(queued().await, 100);
}

async fn a_closure_that_fails_among_others_fails_alone(house: &House) {
    let db = house.open();
    let (go, wait) = latch();
    let release = async { drop(go) };
    let (held, one, two, three, ()) =
        join!(hold(&db, wait), write(&db, 1), write_and_fail(&db, 2), write(&db, 3), release);
    assert!(held.is_ok() && one.is_ok() && two.is_err() && three.is_ok());
    let there = [is_there(&db, 1).await, is_there(&db, 2).await, is_there(&db, 3).await];
    assert_eq!(there, [true, false, true]);
}

async fn a_commit_that_fails_leaves_no_row_and_harms_no_later_one(house: &House) {
    let db = house.open();
    db.faults().fail_commit(1);
    assert!(matches!(write(&db, 1).await, Err(DbError::Injected)));
    assert!(!is_there(&db, 1).await);
    write(&db, 1).await.unwrap();
    db.faults().fail_commit(2);
    db.faults().clear();
    write(&db, 2).await.unwrap();
    write(&db, 3).await.unwrap();
}

/// A failed commit shows which transactions shared it. Only on SQLite, which has one writer.
#[tokio::test]
async fn a_commit_takes_in_no_more_once_it_has_two_thousand_rows() {
    const LONG: u32 = 1_000;
    let house = House::sqlite();
    let db = house.open();
    let (go, wait) = latch();
    db.faults().fail_commit(1);
    let release = async { drop(go) };
    let long = || put_jobs(&db, LONG, None);
    let (held, one, two, three, four, ()) =
        join!(hold(&db, wait), long(), long(), long(), write(&db, 4), release);
    assert!(held.is_err() && one.is_err() && two.is_err(), "they share the commit that fails");
    assert!(three.is_ok() && four.is_ok(), "these wait for the next one");
}

/// Only on SQLite: PostgreSQL shares commits where we cannot see it.
#[tokio::test]
async fn a_commit_that_fails_fails_for_all_who_share_it_and_for_no_later_one() {
    let house = House::sqlite();
    let db = house.open();
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

async fn a_closure_that_panics_harms_no_other(house: &House) {
    let db = house.open();
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

async fn what_was_acknowledged_is_there_after_a_restart(house: &House) {
    let db = house.open();
    for account in 1..=50 {
        write(&db, account).await.unwrap();
    }
    drop(db);
    let db = house.open();
    for account in 1..=50 {
        assert!(is_there(&db, account).await, "{account}");
    }
}

async fn a_read_cannot_write(house: &House) {
    let db = house.open();
    let key = write(&db, 1).await.unwrap();
    let written = db.read(move |tx| tx.put_registry_setting(key, "name", "value")).await;
    assert!(matches!(written, Err(DbError::ReadOnly)));
}

async fn a_read_sees_one_moment(house: &House) {
    let db = house.open();
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

async fn a_database_of_a_newer_program_is_refused_and_left_alone(house: &House) {
    let db = house.open();
    write(&db, 1).await.unwrap();
    drop(db);
    house.alter("INSERT INTO schema_version (number) VALUES (999)");
    let refused = house.try_open();
    assert!(matches!(refused, Err(DbError::Newer { found: 999, .. })), "{refused:?}");
    house.alter("DELETE FROM schema_version WHERE number = 999");
    assert!(is_there(&house.open(), 1).await);
}

async fn a_row_that_refers_to_nothing_is_found(house: &House) {
    let db = house.open();
    write(&db, 1).await.unwrap();
    assert_eq!(db.integrity_check().await.unwrap(), Vec::<String>::new());
    house.alter_unchecked(
        "INSERT INTO registry_setting (registry, name, value) VALUES (77, 'a', 'b')",
    );
    let found = db.integrity_check().await.unwrap();
    assert_eq!(found, ["a row of registry_setting refers to a row of registry that is not there"]);
}

async fn a_database_has_a_size(house: &House) {
    let db = house.open();
    write(&db, 1).await.unwrap();
    assert!(db.size_bytes() > 10_000, "{}", db.size_bytes());
}
