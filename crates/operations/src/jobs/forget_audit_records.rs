//! Forgets what happened, once the time is over for which that is kept. Daily, and for ever: there
//! is one such job, for all registries.
//!
//! It reads the oldest rows in small transactions, deletes those whose time is over, and stops at
//! the first step that finds none. A crash leaves the rest for the next run.

use std::time::Duration;

use db::{DbError, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use serde::{Deserialize, Serialize};

use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetAuditRecords {}

impl Job for ForgetAuditRecords {
    const NAME: &'static str = "forget_audit_records";
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
    /// Queues the job that forgets what happened, unless it is queued.
    pub async fn begin_forgetting_audit_records(&self) -> Result<(), Failure> {
        self.begin(ForgetAuditRecords {}).await
    }

    pub(super) async fn forget_audit_records(
        &self,
        _job: ForgetAuditRecords,
    ) -> Result<Outcome, Failure> {
        let now = self.now();
        let before = now.minus(self.keep_audit);
        let mut after = Some(0);
        while let Some(row) = after {
            let forget =
                move |tx: &mut Tx<'_>| tx.forget_audit_records(before, row, FORGET_AT_ONCE);
            let last: Result<_, DbError> = self.db.write(forget).await;
            after = last?;
        }
        Ok(Outcome::Again(now.plus(BETWEEN_RUNS)))
    }
}
