//! The archive: images that cannot be pulled for a while, and where their bytes are.
//!
//! When jobs give images other statuses is theirs to choose. So the model learns statuses from the
//! registry, as far as there is a reason for them.

use std::collections::BTreeMap;

use ImageStatus::{Activating, Active, Archived};
use names::{Digest, ImageId, ImageStatus, RepositoryArn, StorageClass};
use operations::{ImageFilter, ImageRefusal, Refusal, RepositoryRefusal, TagStatus};

use crate::perform::{Trial, same};
use crate::state::{Held, Repository};

/// More than any repository holds here.
const EVERYTHING: u32 = 1_000;

impl Trial<'_> {
    /// From now on there is an archive storage.
    pub(crate) async fn use_archive(&mut self) -> Result<(), String> {
        if !self.setting.archives {
            self.world.restart_with_archive(true);
            self.setting.archives = true;
            self.spread_setting();
        }
        self.settle_archive_storage().await
    }

    /// What a server does when it starts.
    pub(crate) async fn settle_archive_storage(&self) -> Result<(), String> {
        if !self.setting.archives {
            return Ok(());
        }
        self.judge(self.world.operations().settle_archive_storage().await).map(drop)
    }

    pub(crate) async fn update_storage_class(
        &mut self,
        number: u8,
        image: u8,
        target: StorageClass,
    ) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let digest = &self.catalogue.image(image).digest;
        let id = ImageId::Digest(digest.clone());
        let updated = self.world.operations().update_image_storage_class(&arn, id, target).await;
        let Some(updated) = self.judge(updated)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", updated.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let expected = repository.update_storage_class(&arn, digest, target);
        same("answer", updated, expected.map_err(Refusal::from).map(|now| (digest.clone(), now)))
    }

    /// Takes over the statuses that jobs may have given to images.
    pub(crate) async fn learn_statuses(&mut self) -> Result<(), String> {
        for arn in &self.catalogue.repositories {
            let Some(repository) = self.model.0.get(&arn.repository) else { continue };
            if repository.images.iter().all(Held::is_settled) {
                continue;
            }
            let found = self.statuses(arn).await?;
            let repository = self.model.0.get_mut(&arn.repository).expect("it is there");
            repository.learn_statuses(&found).map_err(|why| format!("in {arn}: {why}"))?;
        }
        Ok(())
    }

    pub(crate) async fn statuses(
        &self,
        arn: &RepositoryArn,
    ) -> Result<BTreeMap<Digest, ImageStatus>, String> {
        let all = ImageFilter { status: None, tags: TagStatus::Any };
        let listed = self.world.operations().list_described_images(arn, all, None, EVERYTHING);
        let listed = listed.await.map_err(|failure| format!("{failure:?}"))?.rows;
        Ok(listed.into_iter().map(|row| (row.image.digest, row.image.status)).collect())
    }

    /// After long quiet: bytes are in the archive storage exactly if all images that need them are
    /// archived, and nothing is kept of what was deleted.
    pub(crate) async fn verify_places(&self) -> Result<(), String> {
        let mut layers: BTreeMap<(u8, &Digest), bool> = BTreeMap::new();
        for repository in self.model.0.values() {
            for image in &repository.images {
                for blob in &image.blobs {
                    let layer = (repository.key.number, &blob.digest);
                    *layers.entry(layer).or_default() |= image.status != Archived;
                }
            }
        }
        let (mut standard, mut archive) = (0, 0);
        for ((_, layer), is_needed) in layers {
            let in_archive = self.setting.archives && !is_needed;
            let bytes = if in_archive { &mut archive } else { &mut standard };
            *bytes += self.catalogue.bytes_of(layer).len() as u64;
        }
        let stored = self.world.operations().stored().await;
        let stored = stored.map_err(|failure| format!("{failure:?}"))?;
        same("bytes in the store", stored.standard_bytes, standard)?;
        same("bytes in the archive storage", stored.archive_bytes, archive)?;
        same("restorable images", stored.restorable_images, 0)?;
        let restoring = |image: &&Held| image.status == Activating;
        let all = self.model.0.values().flat_map(|repository| &repository.images);
        same("images on their way back", all.filter(restoring).count(), 0)
    }
}

impl Held {
    /// Whether no job changes its status.
    fn is_settled(&self) -> bool {
        self.status == Active && !self.came_back
    }
}

impl Repository {
    fn update_storage_class(
        &mut self,
        arn: &RepositoryArn,
        digest: &Digest,
        target: StorageClass,
    ) -> Result<ImageStatus, ImageRefusal> {
        let Some(status) = self.image(digest).map(|image| image.status) else {
            let image = ImageId::Digest(digest.clone());
            return Err(ImageRefusal::NotFound { repository: arn.clone(), image });
        };
        let now = match (target, status) {
            (StorageClass::Archive, Active) => {
                let parents = self.parents_in_use(digest);
                if !parents.is_empty() {
                    return Err(ImageRefusal::ArchiveOfReferenced { parents });
                }
                Archived
            }
            (StorageClass::Standard, Archived) => Activating,
            (target, status) => {
                return Err(ImageRefusal::StorageClassUnchangeable { target, status });
            }
        };
        self.set_status(digest, now);
        Ok(now)
    }

    fn parents_in_use(&self, digest: &Digest) -> Vec<Digest> {
        let in_use = |parent: &Digest| self.image(parent).is_some_and(|it| it.status != Archived);
        self.parents_of(digest).into_iter().filter(in_use).collect()
    }

    fn set_status(&mut self, digest: &Digest, status: ImageStatus) {
        let found = self.images.iter_mut().find(|image| image.digest == *digest);
        found.expect("the image is there").status = status;
    }

    /// The image was pushed again.
    pub(crate) fn come_back(&mut self, digest: &Digest) {
        self.set_status(digest, Active);
        let mut images = self.images.iter_mut();
        images.find(|image| image.digest == *digest).expect("the image is there").came_back = true;
    }

    /// Takes these statuses over, if each has a reason.
    fn learn_statuses(&mut self, found: &BTreeMap<Digest, ImageStatus>) -> Result<(), String> {
        for image in &self.images {
            let Some(status) = found.get(&image.digest) else { continue };
            if !self.may_become(image, *status, found) {
                let (digest, before) = (&image.digest, image.status);
                return Err(format!("{digest} was {before:?} and is {status:?} for no reason"));
            }
        }
        for image in &mut self.images {
            image.status = found.get(&image.digest).copied().unwrap_or(image.status);
            image.came_back = false;
        }
        Ok(())
    }

    /// Can jobs have given this status to the image?
    fn may_become(
        &self,
        image: &Held,
        status: ImageStatus,
        found: &BTreeMap<Digest, ImageStatus>,
    ) -> bool {
        let subject = image.subject.as_ref();
        let was = |wanted| {
            let before = subject.and_then(|subject| self.image(subject)).map(|it| it.status);
            let after = subject.and_then(|subject| found.get(subject)).copied();
            before == Some(wanted) || after == Some(wanted)
        };
        match (image.status, status) {
            (before, after) if before == after => true,
            (Activating, Active) => true,
            // Its bytes have to come back first.
            (Active, Activating) => self.setting.archives && image.came_back,
            (Active | Activating, Archived) => was(Archived),
            (Archived, Active | Activating) => was(Active),
            (Active | Activating | Archived, _) => false,
        }
    }
}
