//! Forgets what tags named before, once the time is over for which that is remembered.

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

impl Operations {
    /// Queues the job that forgets moves of tags, unless it is queued.
    pub async fn begin_forgetting_tag_moves(&self) -> Result<(), Failure> {
        self.begin(ForgetTagMoves {}).await
    }

    pub(super) async fn forget_tag_moves(&self, _job: ForgetTagMoves) -> Result<Outcome, Failure> {
        self.forget_older(self.tag_history.remember, |tx, before, after, most| {
            tx.forget_tag_moves(before, after, most)
        })
        .await
    }
}
