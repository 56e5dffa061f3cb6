//! Records when keys were last used, without slowing requests.
//!
//! A use is noted in memory; a background task stores the notes together. A key whose recorded use
//! is less than a minute old is not noted again. A crash loses the notes of the last few seconds.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use db::KeyUse;
use names::{Region, Timestamp};

use crate::{Failure, Iam};

/// Keys noted at most between two writes. Beyond it uses go unrecorded rather than memory
/// unbounded.
const NOTES_MAX: usize = 65_536;

/// A recorded use that is younger than this is not recorded again.
const RESOLUTION: Duration = Duration::from_mins(1);

/// How many notes one transaction stores, so that other writers are not delayed.
const BATCH: usize = 256;

#[derive(Default)]
pub(crate) struct KeyUses(Mutex<HashMap<String, KeyUse>>);

impl KeyUses {
    fn note(&self, id: &str, used: KeyUse) {
        let mut notes = self.0.lock().expect("nobody panics while holding the notes");
        if notes.len() < NOTES_MAX || notes.contains_key(id) {
            notes.insert(id.to_owned(), used);
        }
    }

    fn take(&self) -> Vec<(String, KeyUse)> {
        let mut notes = self.0.lock().expect("nobody panics while holding the notes");
        notes.drain().collect()
    }
}

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
