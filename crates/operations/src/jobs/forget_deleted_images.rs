//! Forgets deleted images of a repository whose undo window is over, some in each transaction. The
//! reviews of their layers were queued when they were deleted.
//!
//! A crash leaves some of them, and the job runs again.

use db::{DbError, RepositoryKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use serde::{Deserialize, Serialize};

use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetDeletedImages {
    repository: i64,
}

impl Job for ForgetDeletedImages {
    const NAME: &'static str = "forget_deleted_images";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.repository.to_string()
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

impl ForgetDeletedImages {
    pub(crate) fn new(repository: RepositoryKey) -> Self {
        Self { repository: repository.0 }
    }
}

/// How many rows one transaction deletes: each has a manifest.
pub(crate) const BATCH: u32 = 50;

impl Operations {
    pub(super) async fn forget_deleted_images(
        &self,
        job: ForgetDeletedImages,
    ) -> Result<Outcome, Failure> {
        let (repository, now) = (RepositoryKey(job.repository), self.now());
        let forget = move |tx: &mut Tx<'_>| {
            for image in tx.list_ended_images(repository, now, BATCH)? {
                tx.forget_deleted_image(&image)?;
            }
            Ok::<_, DbError>(tx.find_next_end(repository)?.map_or(Outcome::Done, Outcome::Again))
        };
        Ok(self.db.write(forget).await?)
    }
}
