//! Notes when keys were used, and writes the notes down.

use std::time::Duration;

use db::KeyUse;
use names::{Region, Timestamp};

use crate::{Failure, Iam};

/// A recorded use that is younger than this is not recorded again.
const RESOLUTION: Duration = Duration::from_mins(1);

/// How many notes one transaction stores, so that other writers are not delayed.
const BATCH: usize = 256;

impl Iam {
    /// Is a use at this moment to be noted, if the last one on record was at `recorded`?
    pub fn key_use_is_news(recorded: Option<Timestamp>, now: Timestamp) -> bool {
        recorded.is_none_or(|recorded| recorded.plus(RESOLUTION) <= now)
    }

    /// Notes a use of a key. Check [`Iam::key_use_is_news`] first.
    pub fn note_key_use(&self, id: &str, region: &Region, service: &str) {
        let (region, service) = (region.clone(), service.to_owned());
        self.key_uses.note(id, KeyUse { at: self.now(), region, service });
    }

    /// Writes down the uses of keys noted since the last time.
    pub async fn record_key_uses(&self) -> Result<(), Failure> {
        for notes in self.key_uses.take().chunks(BATCH) {
            let notes = notes.to_vec();
            self.rows
                .write_beside_rights(move |tx| {
                    for (id, used) in &notes {
                        tx.record_key_use(id, used)?;
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(())
    }
}
