//! Checks everything that is to be deleted one day: there is a job for it, and none was given up.

use db::{JobState, RepositoryKey, Upload};
use jobs::Job;
use names::Digest;

use super::check::{Check, PAGE};
use super::{Finding, Leftover};
use crate::Failure;
use crate::jobs::abandon_upload::AbandonUpload;
use crate::jobs::erase_repository::EraseRepository;
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
