//! Checks everything that is to be deleted one day: there is a job for it, and none was given up.

use db::{DeletedImageKey, JobState, RepositoryKey, Tx, Upload};
use jobs::Job;
use names::Digest;

use super::check::{Check, PAGE};
use super::{Finding, Leftover};
use crate::Failure;
use crate::jobs::abandon_upload::AbandonUpload;
use crate::jobs::erase_repository::EraseRepository;
use crate::jobs::forget_deleted_images::ForgetDeletedImages;
use crate::jobs::review_repository_blob::ReviewRepositoryBlob;

impl Check<'_> {
    /// Every layer that no image needs will be reviewed, and every right is to the right blob.
    pub(super) async fn rights(&mut self) -> Result<(), Failure> {
        let mut after: Option<(RepositoryKey, Digest)> = None;
        loop {
            let from = after.clone();
            let page = self
                .operations
                .db
                .read(move |tx| {
                    let from = from.as_ref().map(|(repository, digest)| (*repository, digest));
                    let mut page = Vec::new();
                    for (repository, digest, actual, right) in
                        tx.list_all_repository_blobs(from, PAGE)?
                    {
                        let review = ReviewRepositoryBlob::new(repository, &digest).subject();
                        let awaited = right.referenced
                            || tx.job_is_known(ReviewRepositoryBlob::NAME, &review)?
                            || tx.find_hidden_repository(repository)?.is_some();
                        page.push((repository, digest, actual, awaited));
                    }
                    Ok::<_, Failure>(page)
                })
                .await?;
            let Some((repository, digest, ..)) = page.last() else { return Ok(()) };
            after = Some((*repository, digest.clone()));
            for (repository, digest, actual, awaited) in page {
                if !awaited {
                    let leftover = Leftover::Right(repository, digest.clone());
                    self.found(Finding::NobodyReclaims(leftover));
                }
                if digest != actual {
                    self.found(Finding::RightDiffers { repository, digest, actual });
                }
            }
        }
    }

    /// Every repository that was deleted by force is being erased.
    pub(super) async fn hidden_repositories(&mut self) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let page = self
                .operations
                .db
                .read(move |tx| {
                    let mut page = Vec::new();
                    for key in tx.list_hidden_repositories(after, PAGE)? {
                        let subject = EraseRepository { repository: key.0 }.subject();
                        page.push((key, tx.job_is_known(EraseRepository::NAME, &subject)?));
                    }
                    Ok::<_, Failure>(page)
                })
                .await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            for (key, awaited) in page {
                if !awaited {
                    self.found(Finding::NobodyReclaims(Leftover::Repository(key)));
                }
            }
        }
    }

    /// Every deleted image can be restored, and will be forgotten.
    pub(super) async fn deleted_images(&mut self) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let look = move |tx: &mut Tx<'_>| deleted_images(tx, after);
            let page = self.operations.db.read(look).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.key);
            for DeletedImage { repository, digest, missing, awaited, .. } in page {
                if !awaited {
                    self.found(Finding::NobodyReclaims(Leftover::DeletedImages(repository)));
                }
                if let Some(layer) = missing {
                    self.found(Finding::Unrestorable { repository, digest, layer });
                }
            }
        }
    }

    /// Checks that an upload will be abandoned, or erased with its repository.
    pub(super) async fn upload_is_awaited(&mut self, upload: &Upload) -> Result<(), Failure> {
        let (id, repository) = (upload.id.clone(), upload.repository);
        let awaited = self.operations.db.read(move |tx| {
            Ok::<_, Failure>(
                tx.job_is_known(AbandonUpload::NAME, id.as_str())?
                    || tx.find_hidden_repository(repository)?.is_some(),
            )
        });
        if !awaited.await? {
            self.found(Finding::NobodyReclaims(Leftover::Upload(upload.id.clone())));
        }
        Ok(())
    }

    /// No job was given up.
    pub(super) async fn jobs(&mut self) -> Result<(), Failure> {
        let mut after = 0;
        loop {
            let given_up = Some(JobState::GivenUp);
            let page = self.operations.db.read(move |tx| tx.list_jobs(given_up, after, PAGE));
            let page = page.await.map_err(Failure::from)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            for job in page {
                let (id, name, subject) = (job.id, job.name, job.subject);
                let why = job.last_error.unwrap_or_default();
                self.found(Finding::JobGivenUp { id, name, subject, why });
            }
        }
    }
}

/// A deleted image that is kept.
struct DeletedImage {
    key: DeletedImageKey,
    repository: RepositoryKey,
    digest: Digest,
    /// A layer that is gone.
    missing: Option<Digest>,
    /// Whether it will be forgotten.
    awaited: bool,
}

fn deleted_images(
    tx: &mut Tx<'_>,
    after: Option<DeletedImageKey>,
) -> Result<Vec<DeletedImage>, Failure> {
    let mut page = Vec::new();
    for (repository, image) in tx.list_all_deleted_images(after, PAGE)? {
        let subject = ForgetDeletedImages::new(repository).subject();
        let is_hidden = tx.find_hidden_repository(repository)?.is_some();
        let awaited = is_hidden || tx.job_is_known(ForgetDeletedImages::NAME, &subject)?;
        let layers: Vec<&Digest> = image.layers.iter().collect();
        let found = tx.find_attached_blobs(repository, &layers)?;
        let missing = image.layers.iter().zip(found).find(|(_, found)| found.is_none());
        let missing = missing.filter(|_| !is_hidden).map(|(layer, _)| layer.clone());
        let (key, digest) = (image.key, image.digest);
        page.push(DeletedImage { key, repository, digest, missing, awaited });
    }
    Ok(page)
}
