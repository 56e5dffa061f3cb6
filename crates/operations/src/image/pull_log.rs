//! `lastRecordedPullTime`, recorded without slowing pulls.
//!
//! A pull notes the time in memory, at most once a minute for each image; a background task stores
//! the notes together. A crash loses the notes of the last few seconds: a pull time may lag, as in
//! ECR.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use db::ImageKey;
use names::Timestamp;

/// Images noted at most between two writes. Beyond it pulls go unrecorded rather than memory
/// unbounded.
const NOTES_MAX: usize = 65_536;

/// A recorded time that is younger than this is not recorded again.
const RESOLUTION: Duration = Duration::from_mins(1);

#[derive(Default)]
pub(crate) struct PullLog(Mutex<HashMap<ImageKey, Timestamp>>);

impl PullLog {
    pub(crate) fn note(&self, image: ImageKey, recorded: Option<Timestamp>, now: Timestamp) {
        if recorded.is_some_and(|recorded| recorded.plus(RESOLUTION) > now) {
            return;
        }
        let mut notes = self.0.lock().expect("nobody panics while holding the notes");
        if notes.len() < NOTES_MAX || notes.contains_key(&image) {
            notes.insert(image, now);
        }
    }

    /// In the order of images: nodes that write the same ones down at once then wait for each
    /// other, and never in a circle.
    pub(crate) fn take(&self) -> Vec<(ImageKey, Timestamp)> {
        let mut notes = self.0.lock().expect("nobody panics while holding the notes");
        let mut taken: Vec<_> = notes.drain().collect();
        taken.sort_unstable();
        taken
    }
}
