//! Forgets what tags named before, once the time is over for which that is remembered. Daily, and
//! for ever: there is one such job, for all repositories.
//!
//! It reads the oldest rows in small transactions, deletes those whose time is over, and stops at
//! the first step that finds none. A crash leaves the rest for the next run. If moves of another
//! time stand between old ones, as where clocks differ, some old ones stay for another day.

use std::time::Duration;

use db::{DbError, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use serde::{Deserialize, Serialize};

use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetTagMoves {}

impl Job for ForgetTagMoves {
    const NAME: &'static str = "forget_tag_moves";
    const LANE: Lane = Lane::Lifecycle;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        "all".to_owned()
    }
}

/// How long after a run the next one begins.
const BETWEEN_RUNS: Duration = Duration::from_hours(24);

/// How many rows one transaction looks at: others wait for it no longer than that.
const FORGET_AT_ONCE: u32 = 250;

impl Operations {
    /// Queues the job that forgets moves of tags, unless it is queued.
    pub async fn begin_forgetting_tag_moves(&self) -> Result<(), Failure> {
        self.begin(ForgetTagMoves {}).await
    }

    pub(super) async fn forget_tag_moves(&self, _job: ForgetTagMoves) -> Result<Outcome, Failure> {
        let now = self.now();
        let before = now.minus(self.tag_history.remember);
        let mut after = Some(0);
        while let Some(row) = after {
            let forget = move |tx: &mut Tx<'_>| tx.forget_tag_moves(before, row, FORGET_AT_ONCE);
            let last: Result<_, DbError> = self.db.write(forget).await;
            after = last?;
        }
        Ok(Outcome::Again(now.plus(BETWEEN_RUNS)))
    }
}
