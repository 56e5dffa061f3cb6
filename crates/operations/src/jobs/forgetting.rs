//! How daily jobs forget rows whose time is over. Each of them goes through one table, for all
//! registries, and for ever.
//!
//! It reads the oldest rows in small transactions, deletes those whose time is over, and stops at
//! the first step that finds none. A crash leaves the rest for the next run. If rows of another
//! time stand between old ones, as where clocks differ, some old ones stay for another day.

use std::time::{Duration, Instant};

use db::{DbError, Tx};
use jobs::Outcome;
use names::Timestamp;

use crate::{Failure, Operations};

/// Forgets rows from before a moment, among the first so many after a row. Returns the last of
/// those if there may be more to forget behind it.
pub(super) type Forget = fn(&mut Tx<'_>, Timestamp, i64, u32) -> Result<Option<i64>, DbError>;

/// How long after a run the next one begins.
const BETWEEN_RUNS: Duration = Duration::from_hours(24);

/// How many rows one transaction looks at: others wait for it no longer than that.
const FORGET_AT_ONCE: u32 = 250;

impl Operations {
    /// Forgets what is older than `keep`.
    pub(super) async fn forget_older(
        &self,
        keep: Duration,
        forget: Forget,
    ) -> Result<Outcome, Failure> {
        let now = self.now();
        let before = now.minus(keep);
        let mut after = Some(0);
        while let Some(row) = after {
            let begun = Instant::now();
            let last = self.db.write(move |tx| forget(tx, before, row, FORGET_AT_ONCE)).await;
            after = last?;
            self.pace.rest(begun.elapsed()).await;
        }
        Ok(Outcome::Again(now.plus(BETWEEN_RUNS)))
    }
}
