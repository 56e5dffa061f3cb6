//! What the clients together were told about images.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use black_box::{Random, digest_of};

/// The bytes of a layer: made from a number whenever they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) seed: u64,
    pub(crate) length: usize,
}

impl Content {
    pub(crate) fn bytes(self) -> Vec<u8> {
        Random::new(self.seed).bytes(self.length)
    }
}

/// What is known of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It was put, and that was acknowledged.
    There,
    /// Its deletion was acknowledged, and nothing else about it is in doubt.
    Gone,
    /// It was put or deleted, perhaps.
    InDoubt,
}

/// An image that a client put, or tried to.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    pub(crate) repository: String,
    pub(crate) manifest: Vec<u8>,
    /// The configuration is one of them.
    pub(crate) layers: Vec<(String, Content)>,
    pub(crate) state: State,
    /// A put that was broken off may be done long after.
    pub(crate) was_in_doubt: bool,
    /// The policy of its repository may take it.
    pub(crate) may_expire: bool,
}

/// All images, by repository and digest; and what was done.
#[derive(Default)]
pub(crate) struct Ledger {
    images: Mutex<BTreeMap<(String, String), Image>>,
    pub(crate) counts: Counts,
}

/// How often each thing was done.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) pushed: AtomicU64,
    pub(crate) pulled: AtomicU64,
    pub(crate) mounted: AtomicU64,
    pub(crate) deleted: AtomicU64,
    pub(crate) unknown: AtomicU64,
    pub(crate) tag_writes: AtomicU64,
    pub(crate) tag_reads: AtomicU64,
}

pub(crate) fn count(number: &AtomicU64) {
    number.fetch_add(1, Ordering::Relaxed);
}

impl Ledger {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(String, String), Image>> {
        // A worker that panics has found something; the others may still look.
        self.images.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Writes down what is known of an image now.
    pub(crate) fn write(&self, image: Image) {
        let key = (image.repository.clone(), digest_of(&image.manifest));
        self.lock().insert(key, image);
    }

    pub(crate) fn state(&self, repository: &str, digest: &str) -> Option<State> {
        let key = (repository.to_owned(), digest.to_owned());
        self.lock().get(&key).map(|image| image.state)
    }

    /// Some image that is there, of one repository or of any.
    pub(crate) fn pick(&self, random: &mut Random, repository: Option<&str>) -> Option<Image> {
        let images = self.lock();
        let fits = |image: &&Image| {
            image.state == State::There && repository.is_none_or(|name| name == image.repository)
        };
        let count = images.values().filter(fits).count();
        if count == 0 {
            return None;
        }
        images.values().filter(fits).nth(random.below(count)).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Image> {
        self.lock().values().cloned().collect()
    }

    pub(crate) fn describe(&self) -> String {
        let images = self.all();
        let in_state = |state| images.iter().filter(|image| image.state == state).count();
        let Counts { pushed, pulled, mounted, deleted, unknown, tag_writes, tag_reads } =
            &self.counts;
        format!(
            "images: {} there, {} gone, {} in doubt; pushes {pushed:?}, pulls {pulled:?}, mounts {mounted:?}, deletions {deleted:?}, \
             tag writes {tag_writes:?} and reads {tag_reads:?}; {unknown:?} requests of unknown outcome",
            in_state(State::There),
            in_state(State::Gone),
            in_state(State::InDoubt),
        )
    }
}
