//! Records when images were pulled.

use db::DbError;

use super::pull_log::Pull;
use crate::{Failure, Operations};

/// How many pulls one transaction stores: a change of one of these images waits for it.
const BATCH: usize = 256;

impl Operations {
    /// Stores the pulls noted since the last time, except those by principals that are excluded
    /// now.
    pub async fn record_pulls(&self) -> Result<(), Failure> {
        for pulls in self.pulls.take().chunks(BATCH) {
            let pulls = pulls.to_vec();
            self.db
                .write(move |tx| {
                    for Pull { image, puller, pulled_at } in &pulls {
                        tx.record_pull(*image, puller, *pulled_at)?;
                    }
                    Ok::<(), DbError>(())
                })
                .await?;
        }
        Ok(())
    }
}
