//! Forgets what happened, once the time is over for which that is kept.

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

impl Operations {
    /// Queues the job that forgets what happened, unless it is queued.
    pub async fn begin_forgetting_audit_records(&self) -> Result<(), Failure> {
        self.begin(ForgetAuditRecords {}).await
    }

    pub(super) async fn forget_audit_records(
        &self,
        _job: ForgetAuditRecords,
    ) -> Result<Outcome, Failure> {
        self.forget_older(self.keep_audit, |tx, before, after, most| {
            tx.forget_audit_records(before, after, most)
        })
        .await
    }
}
