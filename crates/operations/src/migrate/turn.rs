//! Whose turn it is to write to the target: one run's at a time.

use std::time::Duration;

use db::{BlobKey, DbError, Incoming, Tx};
use names::Timestamp;

use super::MoveError;
use crate::Operations;

/// How long a run's hold lasts after its last renewal. A killed run delays the next one by this
/// time.
const HELD: Duration = Duration::from_secs(6);
const HOLD_EVERY: Duration = Duration::from_secs(1);

/// Renews the hold until that fails.
pub(super) async fn hold(to: &Operations, turn: i64) -> MoveError {
    loop {
        tokio::time::sleep(HOLD_EVERY).await;
        let held_until = to.now().plus(HELD);
        let held: Result<_, DbError> =
            to.db.write(move |tx| tx.hold_incoming(turn, held_until)).await;
        match held {
            Ok(true) => {}
            Ok(false) => return MoveError::TakenOver,
            Err(error) => return error.into(),
        }
    }
}

/// Returns the note of what moves in: the existing one, if it is of the wanted source, or a new one
/// in an empty target. Waits until an earlier run's hold has ended.
pub(super) async fn begin(wanted: &str, to: &Operations) -> Result<Incoming, MoveError> {
    loop {
        let (source, now) = (wanted.to_owned(), to.now());
        let begun: Result<_, MoveError> = to.db.write(move |tx| begin_in(tx, &source, now)).await;
        if let Some(state) = begun? {
            return Ok(state);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Returns `None` if another run holds the target.
fn begin_in(tx: &mut Tx<'_>, source: &str, now: Timestamp) -> Result<Option<Incoming>, MoveError> {
    let mut state = match tx.find_incoming()? {
        Some(found) if found.source == source => found,
        Some(Incoming { source: found, completed_at: None, .. }) => {
            return Err(MoveError::OtherSource { found, wanted: source.to_owned() });
        }
        Some(_) | None => match tx.find_occupied_table()? {
            Some(table) => return Err(MoveError::RowsInTheWay { table: table.name }),
            None => Incoming {
                source: source.to_owned(),
                rows_digest: None,
                blobs_done: BlobKey(0),
                records_done: None,
                strays: false,
                begun_at: now,
                completed_at: None,
                turn: 0,
                held_until: now,
            },
        },
    };
    if state.completed_at.is_none() {
        if state.held_until > now {
            return Ok(None);
        }
        state.turn += 1;
        state.held_until = now.plus(HELD);
        tx.begin_incoming(&state)?;
    }
    Ok(Some(state))
}
