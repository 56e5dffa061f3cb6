//! `lastRecordedPullTime`, recorded without slowing pulls.
//!
//! A pull notes the time in memory, at most once a minute for each image; a background task stores
//! the notes together, except those of excluded principals. A crash loses the notes of the last few
//! seconds: a pull time may lag, as in ECR.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use db::{ImageKey, PulledImage};
use names::{Principal, Timestamp};

/// Images noted at most between two writes. Beyond it pulls go unrecorded rather than memory
/// unbounded.
const NOTES_MAX: usize = 65_536;

/// A recorded time that is younger than this is not recorded again.
const RESOLUTION: Duration = Duration::from_mins(1);

#[derive(Default)]
pub(crate) struct PullLog(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    /// The last pull of each image by each principal. Their order is that of the images: nodes that
    /// store the same ones at once then wait for each other, and never in a circle.
    by_image: BTreeMap<(ImageKey, Arc<str>), Timestamp>,
    /// The ARN of each principal that pulled, once.
    arns: HashMap<Principal, Arc<str>>,
}

impl PullLog {
    pub(crate) fn note(&self, image: &PulledImage, puller: &Principal, now: Timestamp) {
        if image.pulled_at.is_some_and(|recorded| recorded.plus(RESOLUTION) > now) {
            return;
        }
        let mut notes = self.0.lock().expect("no thread panics while holding the notes");
        if notes.by_image.len() < NOTES_MAX {
            let puller = notes.arn(puller);
            notes.by_image.insert((image.key, puller), now);
        }
    }

    pub(crate) fn take(&self) -> Vec<Pull> {
        let mut notes = self.0.lock().expect("no thread panics while holding the notes");
        let Notes { by_image, arns: _ } = std::mem::take(&mut *notes);
        let pulls = by_image.into_iter();
        pulls.map(|((image, puller), pulled_at)| Pull { image, puller, pulled_at }).collect()
    }
}

impl Notes {
    /// The ARN that exclusions name: of a session, that of its role.
    fn arn(&mut self, principal: &Principal) -> Arc<str> {
        if let Some(arn) = self.arns.get(principal) {
            return arn.clone();
        }
        let arn: Arc<str> = principal.principal_arn().into();
        self.arns.insert(principal.clone(), arn.clone());
        arn
    }
}

/// The last pull of an image by a principal.
#[derive(Clone)]
pub(crate) struct Pull {
    pub(crate) image: ImageKey,
    pub(crate) puller: Arc<str>,
    pub(crate) pulled_at: Timestamp,
}
