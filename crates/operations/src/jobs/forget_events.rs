//! Forgets events, once the time is over for which they are kept.

use jobs::{Job, Lane, Moves, Outcome};
use serde::{Deserialize, Serialize};

use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetEvents {}

impl Job for ForgetEvents {
    const NAME: &'static str = "forget_events";
    const LANE: Lane = Lane::Lifecycle;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        "all".to_owned()
    }
}

impl Operations {
    /// Queues the job that forgets events, unless it is queued.
    pub async fn begin_forgetting_events(&self) -> Result<(), Failure> {
        self.begin(ForgetEvents {}).await
    }

    pub(super) async fn forget_events(&self, _job: ForgetEvents) -> Result<Outcome, Failure> {
        self.forget_older(self.keep_events, |tx, before, after, most| {
            tx.forget_events(before, after, most)
        })
        .await
    }
}
