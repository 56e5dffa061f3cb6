//! Many runners claim jobs of one lane at once: each job goes to one of them, the longest due
//! first, and none waits.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use db::{ClaimedJob, Db, DbError, JobTurn, NewJob};
use names::Timestamp;
use tokio::task::JoinSet;

use crate::house::{House, on_both_engines};

on_both_engines!(
    each_job_is_claimed_once_however_many_claim,
    a_job_is_claimed_again_when_its_lease_is_over_and_only_then,
    the_longest_due_is_claimed_first_and_no_job_before_its_time,
    a_job_that_is_asked_for_while_it_is_claimed_is_not_lost,
);

const LANE: &str = "lane";
const NODES: usize = 4;
const JOBS: u32 = 400;
const BATCH: u32 = 8;

fn second(number: u32) -> Timestamp {
    Timestamp::from_seconds(i64::from(number))
}

async fn put(db: &Db, subject: String, due_at: Timestamp) {
    let written: Result<(), DbError> = db
        .write(move |tx| {
            let (name, payload, cause) = ("job", "{}", "cause");
            let new = NewJob { lane: LANE, cause, name, subject: &subject, payload, due_at };
            tx.put_job(&new, second(1))
        })
        .await;
    written.unwrap();
}

async fn put_many(db: &Db) {
    let written: Result<(), DbError> = db
        .write(|tx| {
            for number in 0..JOBS {
                let (name, payload, due_at) = ("job", "{}", second(number));
                let (cause, subject) = ("cause", &number.to_string());
                let new = NewJob { lane: LANE, cause, name, subject, payload, due_at };
                tx.put_job(&new, second(1))?;
            }
            Ok(())
        })
        .await;
    written.unwrap();
}

/// Claims a job of any cause.
async fn claim(
    db: &Db,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<ClaimedJob>, DbError> {
    let turn = JobTurn::new(u32::MAX);
    db.claim_jobs(LANE, turn, now, lease_until, limit).await.map(|(claimed, _)| claimed)
}

/// Claims jobs and ends them until none is left; returns them.
async fn work(db: Db, left: Arc<AtomicUsize>) -> Vec<ClaimedJob> {
    let (now, lease_until) = (second(JOBS), second(2 * JOBS));
    let mut mine = Vec::new();
    while left.load(Ordering::SeqCst) > 0 {
        let claimed = claim(&db, now, lease_until, BATCH).await.unwrap();
        assert!(claimed.len() <= BATCH as usize, "a batch is bounded");
        left.fetch_sub(claimed.len(), Ordering::SeqCst);
        for job in &claimed {
            let job = job.clone();
            let ended: Result<bool, DbError> = db.write(move |tx| tx.end_job(&job)).await;
            assert!(ended.unwrap(), "no other runner had it");
        }
        mine.extend(claimed);
    }
    mine
}

async fn each_job_is_claimed_once_however_many_claim(house: &House) {
    let nodes: Vec<Db> = match house {
        // Only one process may use the file.
        House::Sqlite(_) => vec![house.open(); NODES],
        House::Postgres(_) => (0..NODES).map(|_| house.open()).collect(),
    };
    put_many(&nodes[0]).await;
    let left = Arc::new(AtomicUsize::new(JOBS as usize));
    let mut working: JoinSet<_> = nodes.iter().map(|db| work(db.clone(), left.clone())).collect();
    let worked = async {
        let mut claims: BTreeMap<String, u32> = BTreeMap::new();
        while let Some(claimed) = working.join_next().await {
            for job in claimed.unwrap() {
                assert_eq!((job.attempts, job.fence), (1, 1));
                *claims.entry(job.subject).or_default() += 1;
            }
        }
        claims
    };
    let claims = tokio::time::timeout(Duration::from_mins(1), worked).await.unwrap();
    assert_eq!(claims.len(), JOBS as usize);
    assert!(claims.values().all(|times| *times == 1), "{claims:?}");
    let again: u64 = nodes.iter().map(Db::runs_again).sum();
    // None of the claims; a deletion may, when two are on one page.
    assert!(again <= u64::from(JOBS) / 10, "{again} transactions of {JOBS} jobs ran again");
}

async fn a_job_is_claimed_again_when_its_lease_is_over_and_only_then(house: &House) {
    let db = house.open();
    put(&db, "one".to_owned(), second(1)).await;
    let from = async |now, until| claim(&db, second(now), second(until), BATCH).await;
    let first = from(1, 10).await.unwrap().remove(0);
    assert!(from(9, 20).await.unwrap().is_empty(), "it is claimed");
    let second = from(10, 20).await.unwrap().remove(0);
    assert_eq!((first.fence, second.fence, second.attempts), (1, 2, 2));
    let end = async |job: ClaimedJob| -> bool {
        let ended: Result<_, DbError> = db.write(move |tx| tx.end_job(&job)).await;
        ended.unwrap()
    };
    assert!(!end(first).await, "its lease is over");
    assert!(end(second).await);
}

async fn the_longest_due_is_claimed_first_and_no_job_before_its_time(house: &House) {
    let db = house.open();
    put_many(&db).await;
    for round in 0..5 {
        let now = second(4 * BATCH - 1);
        let claimed = claim(&db, now, second(JOBS), BATCH).await.unwrap();
        let mut numbers: Vec<u32> =
            claimed.iter().map(|job| job.subject.parse().unwrap()).collect();
        numbers.sort_unstable();
        let expected: Vec<u32> = (round * BATCH..(round + 1) * BATCH).collect();
        let expected = if round < 4 { expected } else { Vec::new() };
        assert_eq!(numbers, expected, "round {round}");
    }
}

/// Asks for one job again and again, while others claim and end it: the last to ask finds that it
/// runs once more.
async fn a_job_that_is_asked_for_while_it_is_claimed_is_not_lost(house: &House) {
    const ASKED: u32 = 40;
    let db = house.open();
    let asking = async {
        for number in 1..=ASKED {
            put(&db, "news".to_owned(), second(number)).await;
        }
    };
    let working = async {
        for _ in 0..ASKED {
            for job in claim(&db, second(ASKED), second(ASKED), BATCH).await.unwrap() {
                let ended: Result<bool, DbError> = db.write(move |tx| tx.end_job(&job)).await;
                ended.unwrap();
            }
        }
    };
    tokio::join!(asking, working);
    put(&db, "news".to_owned(), second(ASKED)).await;
    let last = claim(&db, second(ASKED), second(2 * ASKED), BATCH).await.unwrap();
    assert_eq!(last.len(), 1);
}
