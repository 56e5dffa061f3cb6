//! Forgets what a deleted image had, and the packages that no other image has.
//!
//! A crash leaves the rest of it, and the job runs again.

use db::{DbError, ImageKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use serde::{Deserialize, Serialize};

use crate::scanning::inventory::forget_places;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetInventory {
    pub(crate) image: i64,
}

impl Job for ForgetInventory {
    const NAME: &'static str = "forget_inventory";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.image.to_string()
    }
}

/// Packages that one transaction forgets: others wait for it no longer than that.
const FORGOTTEN_AT_ONCE: u32 = 250;

impl Operations {
    pub(super) async fn forget_inventory(&self, job: ForgetInventory) -> Result<Outcome, Failure> {
        let image = ImageKey(job.image);
        loop {
            let forget = move |tx: &mut Tx<'_>| forget_places(tx, image, FORGOTTEN_AT_ONCE);
            let are_all: Result<_, DbError> = self.db.write(forget).await;
            if are_all? {
                return Ok(Outcome::Done);
            }
        }
    }
}
