//! The undo window: what was deleted comes back.

use std::collections::BTreeSet;
use std::time::Duration;

use names::{Digest, ImageStatus, ImageTag, RepositoryArn, Timestamp};
use operations::{ImageRefusal, Refusal, RepositoryRefusal, RestoredImage, UndoRefusal};

use crate::fixture::puller;
use crate::perform::{Trial, same};
use crate::state::{Held, Repository};

/// How long deleted images are kept, if they are.
pub(crate) const WINDOW: Duration = Duration::from_hours(24 * 2);

/// Deleted images that are read together: few, so that there are several pages.
const PAGE: u32 = 3;

/// A deleted image that can be restored.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    image: Held,
    tags: Vec<ImageTag>,
    until: Timestamp,
}

/// Why an image does not come back.
enum Refused {
    Exactly(Refusal),
    /// It lacks layers or images. The refusal names some of them.
    Lacks(BTreeSet<Digest>),
}

impl Trial<'_> {
    pub(crate) async fn undo_within(&mut self, window: Duration) -> Result<(), String> {
        self.world.restart_undoing_within(window);
        self.setting.undo_window = window;
        self.spread_setting();
        self.settle_archive_storage().await
    }

    pub(crate) async fn restore_image(
        &mut self,
        number: u8,
        image: u8,
        tags: Option<u8>,
    ) -> Result<(), String> {
        let (arn, now) = (self.catalogue.repository(number).clone(), self.now());
        let digest = &self.catalogue.image(image).digest;
        let tags = tags.map(|bits| self.catalogue.tags(bits));
        let operations = self.world.operations();
        let answer = operations.restore_image(&arn, digest, tags.clone(), &puller()).await;
        let Some(answer) = self.judge(answer)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", answer.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let mut after = repository.clone();
        match after.restore(&arn, digest, tags.as_deref(), now) {
            Ok(mut expected) => {
                let restored = answer.map_err(|refusal| format!("refused: {refusal}"))?;
                let comes_back = [expected.status, restored.status]
                    == [ImageStatus::Active, ImageStatus::Activating];
                if comes_back && after.setting.archives {
                    expected.status = ImageStatus::Activating;
                }
                *repository = after;
                same("answer", restored, expected)
            }
            Err(Refused::Exactly(refusal)) => same("answer", answer.err(), Some(refusal)),
            Err(Refused::Lacks(lacked)) => match answer {
                Err(Refusal::Image(
                    ImageRefusal::LayersNotFound { digests, .. }
                    | ImageRefusal::ReferencedImagesNotFound { digests, .. },
                )) if !digests.is_empty() && digests.iter().all(|it| lacked.contains(it)) => Ok(()),
                answer => Err(format!("{answer:?}, but it lacks {lacked:?}")),
            },
        }
    }

    pub(crate) async fn verify_kept(
        &self,
        arn: &RepositoryArn,
        model: &Repository,
    ) -> Result<(), String> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = self.world.operations().list_deleted_images(arn, after, PAGE).await;
            let page = page.map_err(|failure| format!("{failure:?}"))?;
            let Some(last) = page.last() else { break };
            after = Some(last.key);
            found.extend(page.into_iter().map(|image| (image.digest, sorted(image.tags))));
        }
        let listed =
            |kept: &&Kept| kept.until > self.now() && model.image(&kept.image.digest).is_none();
        let expected = model.kept.iter().filter(listed);
        let expected = expected.map(|kept| (kept.image.digest.clone(), sorted(kept.tags.clone())));
        let mut expected: Vec<_> = expected.collect();
        // A job deletes referrers in an order of its own.
        found.sort();
        expected.sort();
        same("deleted images", found, expected)
    }
}

impl Repository {
    /// Keeps an image that is about to be deleted.
    pub(crate) fn keep(&mut self, digest: &Digest, now: Timestamp) {
        if self.setting.undo_window.is_zero() {
            return;
        }
        let image = self.image(digest).expect("it is there").clone();
        let (tags, until) = (self.tags_of(digest), now.plus(self.setting.undo_window));
        self.kept.retain(|kept| kept.image.digest != *digest);
        self.kept.push(Kept { image, tags, until });
    }

    fn kept_until_after(&self, digest: &Digest, now: Timestamp) -> Option<Kept> {
        let found = self.kept.iter().find(|kept| kept.image.digest == *digest);
        found.filter(|kept| kept.until > now).cloned()
    }

    fn restore(
        &mut self,
        arn: &RepositoryArn,
        digest: &Digest,
        tags: Option<&[ImageTag]>,
        now: Timestamp,
    ) -> Result<RestoredImage, Refused> {
        if self.image(digest).is_some() {
            let (repository, digest) = (arn.clone(), digest.clone());
            let refusal = ImageRefusal::AlreadyExists { repository, digest, tag: None };
            return Err(Refused::Exactly(refusal.into()));
        }
        let Some(kept) = self.kept_until_after(digest, now) else {
            let (repository, digest) = (arn.clone(), digest.clone());
            let refusal = if self.setting.undo_window.is_zero() {
                UndoRefusal::NothingKept { repository, digest }
            } else {
                UndoRefusal::NotKept { repository, digest }
            };
            return Err(Refused::Exactly(refusal.into()));
        };
        let lacked = self.lacked_by(&kept, now);
        if !lacked.is_empty() {
            return Err(Refused::Lacks(lacked));
        }
        self.bring_back(arn, kept, tags, now).map_err(|refusal| Refused::Exactly(refusal.into()))
    }

    /// Layers and images without which this one does not come back.
    fn lacked_by(&self, kept: &Kept, now: Timestamp) -> BTreeSet<Digest> {
        let layers = kept.image.blobs.iter().map(|blob| &blob.digest);
        let mut lacked: BTreeSet<Digest> =
            layers.filter(|layer| self.dropped.contains(*layer)).cloned().collect();
        for child in &kept.image.children {
            match self.kept_until_after(child, now) {
                _ if self.image(child).is_some() => {}
                Some(kept) => lacked.extend(self.lacked_by(&kept, now)),
                None => drop(lacked.insert(child.clone())),
            }
        }
        lacked
    }

    fn bring_back(
        &mut self,
        arn: &RepositoryArn,
        kept: Kept,
        tags: Option<&[ImageTag]>,
        now: Timestamp,
    ) -> Result<RestoredImage, ImageRefusal> {
        let Kept { mut image, tags: own, .. } = kept;
        for child in &image.children {
            if self.image(child).is_none() {
                let kept = self.kept_until_after(child, now).expect("nothing is lacking");
                self.bring_back(arn, kept, None, now)?;
            }
        }
        if image.status == ImageStatus::Activating {
            image.status = ImageStatus::Archived;
        }
        image.came_back = true;
        let (digest, status) = (image.digest.clone(), image.status);
        self.kept.retain(|kept| kept.image.digest != digest);
        self.images.push(image);
        let (mut pointed, mut taken) = (Vec::new(), Vec::new());
        for tag in tags.unwrap_or(&own) {
            if let Some(other) = self.tags.get(tag) {
                if tags.is_none() {
                    taken.push((tag.clone(), other.clone()));
                    continue;
                }
                if !self.mutability.allows_moving(tag, &self.filters) {
                    let (repository, tag) = (arn.clone(), tag.clone());
                    return Err(ImageRefusal::TagImmutable { repository, tag });
                }
            }
            self.move_tag(tag, Some(&digest), now);
            pointed.push(tag.clone());
        }
        Ok(RestoredImage { digest, tags: pointed, taken, status })
    }
}

fn sorted(mut tags: Vec<ImageTag>) -> Vec<ImageTag> {
    tags.sort();
    tags
}
