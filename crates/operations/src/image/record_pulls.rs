//! Writes down when images were pulled.

use db::DbError;

use crate::{Failure, Operations};

/// How many notes one transaction stores: a change of one of these images waits for it.
const BATCH: usize = 256;

impl Operations {
    /// Writes down the pulls noted since the last time.
    pub async fn record_pulls(&self) -> Result<(), Failure> {
        for notes in self.pulls.take().chunks(BATCH) {
            let notes = notes.to_vec();
            self.db
                .write(move |tx| {
                    for (image, pulled_at) in &notes {
                        tx.record_pull(*image, *pulled_at)?;
                    }
                    Ok::<(), DbError>(())
                })
                .await?;
        }
        Ok(())
    }
}
