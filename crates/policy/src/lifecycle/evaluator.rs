//! Images in, decisions out.

use std::ops::Deref;

use names::{ImageTag, Timestamp};

use crate::lifecycle::candidate::{Candidate, Storage};
use crate::lifecycle::count;
use crate::lifecycle::decision::Evaluation;
use crate::lifecycle::digests::{Digests, narrow};
use crate::lifecycle::document::{Document, RULES_MAX, StorageClass};
use crate::lifecycle::images::{Image, Images, NONE, Place};
use crate::lifecycle::settle;

const _: () = assert!(RULES_MAX <= u64::BITS as usize, "a rule is a bit of a `u64`");

/// Judges the images of a repository by a policy, at a moment. Images come one by one, so that a
/// caller can read them page by page. Little is kept of each: its tags are forgotten as soon as it
/// is known which rules select it. The document is borrowed or shared.
#[derive(Debug)]
pub struct Evaluator<D> {
    document: D,
    now: Timestamp,
    digests: Digests,
    images: Images,
}

/// Judges images all at once.
pub fn evaluate<'a>(
    document: &Document,
    now: Timestamp,
    images: impl IntoIterator<Item = Candidate<'a>>,
) -> Evaluation {
    let mut evaluator = Evaluator::new(document, now);
    for image in images {
        evaluator.add(&image);
    }
    evaluator.finish()
}

impl<D: Deref<Target = Document>> Evaluator<D> {
    /// Without images yet.
    pub fn new(document: D, now: Timestamp) -> Self {
        Self { document, now, digests: Digests::default(), images: Images::default() }
    }

    /// Takes an image in, and returns its place in the order, by which decisions name it. A digest
    /// that was given before changes nothing. Of two images of the same moment, the one that is
    /// given later counts as the newer one, so give them in the order in which they were pushed.
    pub fn add(&mut self, image: &Candidate<'_>) -> usize {
        let digest = self.digests.number(image.digest);
        // An index that holds its own subject cannot wait for it, as that one waits for the index.
        let subject = image.subject.filter(|subject| !image.children.contains(subject));
        let subject = subject.map_or(NONE, |subject| self.digests.number(subject));
        let known = self.images.by_digest.get(digest as usize);
        if let Some(place) = known.filter(|place| **place != NONE) {
            return *place as usize;
        }
        for child in image.children {
            let child = self.digests.number(child);
            self.images.children.push(child);
        }
        let place = self.images.list.len();
        self.images.by_digest.resize(self.digests.len(), NONE);
        self.images.by_digest[digest as usize] = narrow(place);
        let children_end = self.images.children.len();
        self.images.list.push(self.image(image, children_end, subject));
        place
    }

    fn image(&self, image: &Candidate<'_>, children_end: usize, subject: u32) -> Image {
        let pushed_at = image.pushed_at;
        let (place, since, last) = match image.storage {
            Storage::Standard { activated_at } => {
                // The last activation of a restored image counts as its push, and as a pull.
                let last = image.last_pulled_at.max(activated_at).unwrap_or(pushed_at);
                (Place::Standard, activated_at.unwrap_or(pushed_at), last)
            }
            Storage::Archive { archived_at } => (Place::Archive, pushed_at, archived_at),
            Storage::Activating => (Place::Activating, pushed_at, pushed_at),
        };
        let selected_by = match place {
            Place::Standard => self.selected_by(StorageClass::Standard, image.tags),
            Place::Archive => self.selected_by(StorageClass::Archive, image.tags),
            Place::Activating => 0,
        };
        let is_shielded = image.is_shielded;
        Image { selected_by, since, last, children_end, subject, place, is_shielded }
    }

    fn selected_by(&self, class: StorageClass, tags: &[ImageTag]) -> u64 {
        let mut selected_by = 0;
        for (index, rule) in self.document.rules().iter().enumerate() {
            if rule.storage_class() == class && rule.selects(tags) {
                selected_by |= 1 << index;
            }
        }
        selected_by
    }

    /// Decides about all images.
    pub fn finish(self) -> Evaluation {
        let Self { document, now, digests, mut images } = self;
        images.by_digest.resize(digests.len(), NONE);
        drop(digests);
        let (wishes, spared) = count::wishes(&document, now, &images);
        let (decisions, taken) = settle::settle(&images, &wishes);
        Evaluation { decisions, taken, spared }
    }
}
