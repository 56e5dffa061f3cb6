//! Records when keys were last used, without slowing requests.
//!
//! A use is noted in memory; a background task stores the notes together. A key whose recorded use
//! is less than a minute old is not noted again. A crash loses the notes of the last few seconds.

use std::collections::HashMap;
use std::sync::Mutex;

use db::KeyUse;

/// Keys noted at most between two writes. Beyond it uses go unrecorded rather than memory
/// unbounded.
const NOTES_MAX: usize = 65_536;

#[derive(Default)]
pub(crate) struct KeyUses(Mutex<HashMap<String, KeyUse>>);

impl KeyUses {
    pub(crate) fn note(&self, id: &str, used: KeyUse) {
        let mut notes = self.0.lock().expect("no thread panics while holding the notes");
        if notes.len() < NOTES_MAX || notes.contains_key(id) {
            notes.insert(id.to_owned(), used);
        }
    }

    pub(crate) fn take(&self) -> Vec<(String, KeyUse)> {
        let mut notes = self.0.lock().expect("no thread panics while holding the notes");
        notes.drain().collect()
    }
}
