//! Allows only one backup of a registry at a time.
//!
//! Two backups into one place would undo each other: objects that one has copied but not yet named
//! in a manifest, the other removes as unnamed. Not every store can keep a lock in the place, but
//! the registry's rows have transactions. So a run notes its turn there and renews it. A killed run
//! delays the next by [`HELD`]. A run that was paused for longer does nothing more when it wakes.

use std::time::{Duration, Instant};

use db::{DbError, Tx};
use futures_util::future::{Either, select};
use names::Timestamp;

use crate::Operations;
use crate::migrate::MoveError;

/// How long a turn lasts without renewal.
const HELD: Duration = Duration::from_secs(4);
const RENEW_EVERY: Duration = Duration::from_secs(1);

/// How often a run that waits for its turn checks.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The fact that says which run has the turn, and until when.
const FACT: &str = "backup_turn";

/// Runs `work` while no other backup of this registry runs.
pub(super) async fn in_turn<T>(
    operations: &Operations,
    work: impl Future<Output = Result<T, MoveError>>,
) -> Result<T, MoveError> {
    let random: [u8; 8] = keys::random();
    let run = format!("{:016x}", u64::from_le_bytes(random));
    take(operations, &run).await?;
    // Polled first: a run that wakes up must learn that its turn is over before it does anything
    // else.
    let ended = match select(Box::pin(renew(operations, &run)), Box::pin(work)).await {
        Either::Left((error, _)) => return Err(error),
        Either::Right((ended, _)) => ended,
    };
    let given_back = operations.db.write(move |tx| give_back(tx, &run)).await;
    if ended.is_ok() {
        given_back?;
    }
    ended
}

/// Takes the turn when it is free. If another run renews its turn, it is alive, and this one does
/// not wait.
async fn take(operations: &Operations, run: &str) -> Result<(), MoveError> {
    let mut met: Option<Turn> = None;
    loop {
        let (run, now) = (run.to_owned(), operations.now());
        let taken: Result<_, DbError> = operations.db.write(move |tx| take_in(tx, &run, now)).await;
        let Some(other) = taken? else { return Ok(()) };
        if met.as_ref().is_some_and(|met| met.run == other.run && met.until < other.until) {
            return Err(MoveError::OtherBackup);
        }
        met.get_or_insert(other);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Renews the turn until that fails.
async fn renew(operations: &Operations, run: &str) -> MoveError {
    let mut renewed = Instant::now();
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        if renewed.elapsed() > HELD {
            return MoveError::Stopped;
        }
        let (run, until) = (run.to_owned(), operations.now().plus(HELD));
        let held = operations.db.write(move |tx| {
            let held = find(tx)?.is_some_and(|turn| turn.run == run);
            if held {
                put(tx, &Turn { run: run.clone(), until })?;
            }
            Ok::<_, DbError>(held)
        });
        match held.await {
            Ok(true) => renewed = Instant::now(),
            Ok(false) => return MoveError::OtherBackup,
            Err(error) => return error.into(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Turn {
    run: String,
    until: Timestamp,
}

/// The run that has the turn, if it is not ours now.
fn take_in(tx: &mut Tx<'_>, run: &str, now: Timestamp) -> Result<Option<Turn>, DbError> {
    if let Some(other) = find(tx)?.filter(|turn| turn.until > now) {
        return Ok(Some(other));
    }
    put(tx, &Turn { run: run.to_owned(), until: now.plus(HELD) }).map(|()| None)
}

fn give_back(tx: &mut Tx<'_>, run: &str) -> Result<(), DbError> {
    match find(tx)? {
        Some(turn) if turn.run == run => tx.delete_deployment_fact(FACT),
        Some(_) | None => Ok(()),
    }
}

fn put(tx: &mut Tx<'_>, turn: &Turn) -> Result<(), DbError> {
    tx.put_deployment_fact(FACT, &format!("{} {}", turn.run, turn.until.as_micros()))
}

/// A turn that cannot be read is free.
fn find(tx: &mut Tx<'_>) -> Result<Option<Turn>, DbError> {
    let text = tx.find_deployment_fact(FACT)?;
    let read = |text: String| {
        let (run, until) = text.split_once(' ')?;
        let until = Timestamp::from_micros(until.parse().ok()?);
        Some(Turn { run: run.to_owned(), until })
    };
    Ok(text.and_then(read))
}
