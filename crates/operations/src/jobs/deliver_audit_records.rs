//! Delivers audit records to the trail. Every minute, and for as long as there is one: there is one
//! such job, for all registries.
//!
//! What a file says is kept in the rows, then the file is written, and then it is noted that it
//! was (`audit/trail`). A crash between any two of these leaves the file to the next run, which
//! writes the same bytes. While the destination is away or full, the job waits and says so; records
//! wait with it.

use std::time::Duration;

use db::{DbError, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use serde::{Deserialize, Serialize};

use crate::audit::trail::Undelivered;
use crate::{Failure, Operations, TrailChoice};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeliverAuditRecords {}

impl Job for DeliverAuditRecords {
    const NAME: &'static str = "deliver_audit_records";
    const LANE: Lane = Lane::Records;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        "all".to_owned()
    }
}

/// How long after a run the next one begins.
const BETWEEN_RUNS: Duration = Duration::from_mins(1);

const ELSEWHERE: &str = "this server does not deliver to the trail of the rows; set --audit-trail";

impl Operations {
    /// Queues the job that delivers audit records, to run at once.
    pub(crate) async fn begin_delivering_audit_records(&self) -> Result<(), Failure> {
        let now = self.now();
        let queue = move |tx: &mut Tx<'_>| jobs::enqueue(tx, &DeliverAuditRecords {}, now, now);
        let queued: Result<(), DbError> = self.db.write(queue).await;
        Ok(queued?)
    }

    pub(super) async fn deliver_audit_records(
        &self,
        _job: DeliverAuditRecords,
    ) -> Result<Outcome, Failure> {
        let find = |tx: &mut Tx<'_>| tx.find_audit_trail();
        let found: Result<_, DbError> = self.db.read(find).await;
        let Some(row) = found? else { return Ok(Outcome::Done) };
        let begun_at = self.now();
        let again = begun_at.plus(BETWEEN_RUNS);
        let waits = |because: String| Outcome::Waits { until: again, signal: None, because };
        match &self.trail {
            TrailChoice::Deliver(trail) if trail.is(&row) => {
                match self.deliver(trail, row.begun_at).await {
                    Ok(()) => Ok(Outcome::Again(again)),
                    Err(Undelivered::Away(why)) => {
                        tracing::warn!(why, "audit records wait: the destination took nothing");
                        Ok(waits(why))
                    }
                    Err(Undelivered::Failed(failure)) => Err(failure),
                }
            }
            _ => Ok(waits(ELSEWHERE.to_owned())),
        }
    }
}
