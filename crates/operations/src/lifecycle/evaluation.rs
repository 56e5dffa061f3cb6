//! Judges the images of a repository by a policy: for a preview, and for a run. That takes a
//! processor for up to seconds, so it is done in the few places for long work.

use std::sync::Arc;

use db::{DbError, ImageKey, LifecycleImage, RepositoryKey, Tx};
use names::{ImageStatus, Timestamp};
use policy::lifecycle::{Action, Candidate, Decision, Document, Evaluation, Evaluator, Storage};

use crate::{Failure, Operations, Shield};

/// How many images are read together: other readers wait for it no longer than that.
const PAGE: u32 = 500;

/// How many tags are judged in one turn, or those of one image. A policy may have thousands of
/// patterns, and other long work waits for the end of a turn.
const TAGS_AT_ONCE: usize = 1_000;

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

    /// The newest images that a rule counts, as many as it spares, if there are more. `None` if the
    /// rule does not count.
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
            let shield = self.tag_history.shield;
            let read = move |tx: &mut Tx<'_>| read_page(tx, repository, after, shield);
            let images: Result<Vec<Read>, DbError> = self.db.read_at_length(read).await;
            let images = images?;
            let Some(last) = images.last() else { break };
            after = Some(last.image.key);
            for some in in_turns(images, |read| read.image.tags.len()) {
                judging = self.iam().workbench().run(move || judging.with(&some)).await?;
            }
        }
        Ok(self.iam().workbench().run(move || judging.finish()).await?)
    }
}

/// Divides images into those that are judged in one turn, by how many tags each has.
fn in_turns<T>(images: Vec<T>, tags_of: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let (mut turns, mut tags) = (Vec::<Vec<T>>::new(), 0);
    for image in images {
        let own = tags_of(&image);
        tags += own;
        match turns.last_mut() {
            Some(turn) if tags <= TAGS_AT_ONCE => turn.push(image),
            Some(_) | None => {
                tags = own;
                turns.push(vec![image]);
            }
        }
    }
    turns
}

/// An image as it was read.
struct Read {
    image: LifecycleImage,
    is_shielded: bool,
}

fn read_page(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    after: Option<ImageKey>,
    shield: Shield,
) -> Result<Vec<Read>, DbError> {
    let images = tx.list_lifecycle_images(repository, after, PAGE)?;
    let shielded = find_shielded(tx, repository, &images, shield)?;
    let read = |(image, is_shielded)| Read { image, is_shielded };
    Ok(images.into_iter().zip(shielded).map(read).collect())
}

/// Whether the history of a tag can roll back to each of these images, and rules leave such images
/// alone.
pub(super) fn find_shielded(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    images: &[LifecycleImage],
    shield: Shield,
) -> Result<Vec<bool>, DbError> {
    if shield == Shield::Off {
        return Ok(vec![false; images.len()]);
    }
    let wanted: Vec<_> = images.iter().map(|image| (image.key, &image.digest)).collect();
    let moves = tx.find_moves_away(repository, &wanted)?;
    Ok(moves.into_iter().map(|found| found.is_some()).collect())
}

/// The images that were read so far.
struct Judging {
    evaluator: Evaluator<Arc<Document>>,
    keys: Vec<ImageKey>,
}

impl Judging {
    fn with(mut self, images: &[Read]) -> Self {
        for Read { image, is_shielded } in images {
            let candidate = Candidate { is_shielded: *is_shielded, ..candidate(image) };
            // An image that was deleted and pushed again in the meantime has its first place.
            if self.evaluator.add(&candidate) == self.keys.len() {
                self.keys.push(image.key);
            }
        }
        self
    }

    fn finish(self) -> Judged {
        Judged { keys: self.keys, evaluation: self.evaluator.finish() }
    }
}

/// An image as rules see it, if it is not shielded.
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
        is_shielded: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_has_few_tags_or_one_image() {
        #[rustfmt::skip]
        let cases: [(&[usize], &[usize], &str); 6] = [
            // tags of images        images of turns  because
            (&[],                    &[],             "nothing is to be done"),
            (&[0; 500],              &[500],          "images without tags"),
            (&[2; 500],              &[500],          "as many as there may be"),
            (&[2; 501],              &[500, 1],       "one more begins another turn"),
            (&[1_000, 0, 1, 1_000],  &[2, 1, 1],      "an image with many has its own"),
            (&[5_000, 1],            &[1, 1],         "and one with too many, too"),
        ];
        for (tags, expected, because) in cases {
            let turns = in_turns(tags.to_vec(), |tags| *tags);
            let found: Vec<usize> = turns.iter().map(Vec::len).collect();
            assert_eq!(found, expected, "{because}");
        }
    }
}
