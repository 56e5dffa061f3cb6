//! Ends the restoring of an archived image: its bytes are there, so it can be pulled at once.
//!
//! An image that was deleted meanwhile, or pushed again, needs nothing. A crash leaves the image
//! ACTIVATING, and the job runs again.

use db::{DbError, ImageKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::ImageStatus;
use serde::{Deserialize, Serialize};

use crate::image::archive::activate;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct RestoreImage {
    pub(crate) image: i64,
}

impl Job for RestoreImage {
    const NAME: &'static str = "restore_image";
    const LANE: Lane = Lane::Lifecycle;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.image.to_string()
    }

    fn cause(&self) -> String {
        self.image.to_string()
    }
}

impl Operations {
    pub(super) async fn restore_image(&self, job: RestoreImage) -> Result<Outcome, Failure> {
        let (image, now) = (ImageKey(job.image), self.now());
        let restore = move |tx: &mut Tx<'_>| {
            let found = tx.find_image_status(image)?;
            if found.is_some_and(|(_, _, status)| status == ImageStatus::Activating) {
                activate(tx, image, now)?;
            }
            Ok(())
        };
        let restored: Result<(), DbError> = self.db.write(restore).await;
        restored?;
        Ok(Outcome::Done)
    }
}
