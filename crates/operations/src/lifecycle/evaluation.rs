//! Judges the images of a repository by a policy: for a preview, and for a run. That takes a
//! processor for up to seconds, so it is done in the few places for long work.

use std::sync::Arc;

use db::{DbError, ImageKey, LifecycleImage, RepositoryKey};
use names::{ImageStatus, Timestamp};
use policy::lifecycle::{Action, Candidate, Decision, Document, Evaluation, Evaluator, Storage};

use crate::{Failure, Operations};

/// How many images are read together: other readers wait for it no longer than that.
const PAGE: u32 = 500;

/// The images of a repository as they were read, and what becomes of each.
pub(crate) struct Judged {
    /// The rows of the images, in their order, which is that of the decisions.
    keys: Vec<ImageKey>,
    evaluation: Evaluation,
}

/// An image that a rule takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    /// Its row.
    pub(crate) key: ImageKey,
    /// The priority of the rule.
    pub(crate) rule: u32,
    /// What the rule does.
    pub(crate) action: Action,
    /// Is it taken because its subject is?
    pub(crate) with_subject: bool,
}

impl Judged {
    /// The images that rules take, in the order to act in.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        let decisions = self.evaluation.decisions();
        let taken = |place: usize| match decisions[place] {
            Decision::Taken { rule, action, subject } => {
                let with_subject = subject.is_some();
                Some(Taken { key: self.keys[place], rule, action, with_subject })
            }
            Decision::Kept(_) => None,
        };
        self.evaluation.taken().filter_map(taken).collect()
    }

    /// The newest images that a rule counts, as many as it spares. `None` if the rule spares too
    /// many to be looked at in one transaction, or does not count.
    pub(crate) fn spared(&self, rule: u32) -> Option<Vec<ImageKey>> {
        let spared = self.evaluation.spared(rule)?;
        Some(spared.map(|place| self.keys[place]).collect())
    }

    /// What becomes of an image; `None` for one that was not judged.
    pub(crate) fn decision(&self, image: ImageKey) -> Option<Decision> {
        let place = self.keys.binary_search(&image).ok()?;
        Some(self.evaluation.decisions()[place])
    }

    /// The row of an image that a decision names.
    pub(crate) fn key(&self, place: usize) -> ImageKey {
        self.keys[place]
    }

    /// How many images there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

impl Operations {
    /// Reads all images of a repository, page by page, and judges them. Pages are of different
    /// moments, so an act on an image reads it again.
    pub(crate) async fn judge_images(
        &self,
        repository: RepositoryKey,
        document: &Arc<Document>,
        now: Timestamp,
    ) -> Result<Judged, Failure> {
        let mut judging =
            Judging { evaluator: Evaluator::new(document.clone(), now), keys: Vec::new() };
        let mut after = None;
        loop {
            let read = move |tx: &mut db::Tx<'_>| tx.list_lifecycle_images(repository, after, PAGE);
            let images: Result<Vec<LifecycleImage>, DbError> = self.db.read_at_length(read).await;
            let images = images?;
            let Some(last) = images.last() else { break };
            after = Some(last.key);
            judging = self.iam().workbench().run(move || judging.with(&images)).await?;
        }
        Ok(self.iam().workbench().run(move || judging.finish()).await?)
    }
}

/// The images that were read so far.
struct Judging {
    evaluator: Evaluator<Arc<Document>>,
    keys: Vec<ImageKey>,
}

impl Judging {
    fn with(mut self, images: &[LifecycleImage]) -> Self {
        for image in images {
            // An image that was deleted and pushed again in the meantime has its first place.
            if self.evaluator.add(&candidate(image)) == self.keys.len() {
                self.keys.push(image.key);
            }
        }
        self
    }

    fn finish(self) -> Judged {
        Judged { keys: self.keys, evaluation: self.evaluator.finish() }
    }
}

/// An image as rules see it.
pub(crate) fn candidate(image: &LifecycleImage) -> Candidate<'_> {
    let storage = match (image.status, image.archived_at) {
        (ImageStatus::Active, _) => Storage::Standard { activated_at: image.activated_at },
        (ImageStatus::Archived, Some(archived_at)) => Storage::Archive { archived_at },
        // An archived image whose time is not known is left alone, too.
        (ImageStatus::Activating | ImageStatus::Archived, _) => Storage::Activating,
    };
    Candidate {
        digest: &image.digest,
        tags: &image.tags,
        pushed_at: image.pushed_at,
        last_pulled_at: image.pulled_at,
        storage,
        children: &image.children,
        subject: image.subject.as_ref(),
    }
}
