//! Reclaiming: giving back what nothing refers to any more. Online, in small steps, and never too early.
//!
//! # The protocol
//!
//! A layer's bytes are an object; a `blob` row says where it is; a `repository_blob` row gives one
//! repository the right to serve it, with a lease; an `image_blob` row says that an image needs it.
//!
//! ```text
//!                 attach (upload, mount)              review: unreferenced and lease over
//!   (no right) ──────────────────────────▶ right ──────────────────────────────────────▶ (no right)
//!                                            │ HEAD: lease renewed                            │
//!                                            ▼                                               ▼
//!   blob row:   live ◀──────── attach ──── condemned ◀── reclaim: no repository has a right ──┘
//!                                            │ GRACE later, still no right
//!                                            ▼
//!                                     row deleted, object named in a `delete_object` job
//!                                            │ object deleted, durably
//!                                            ▼
//!                                          gone
//! ```
//!
//! 1. **Who is looked at.** Only what an event may have orphaned: each such event queues a job in its own
//!    transaction (image deleted → [`review_repository_blob`]; right lost → [`reclaim_blob`]; upload begun →
//!    [`abandon_upload`]; repository deleted → [`erase_repository`]). Nothing walks a table or the store.
//! 2. **A right is taken** only if no image of the repository needs the layer and the lease is over, both
//!    read in the transaction that takes it. Putting an image checks the right in its own transaction. The two
//!    are serialised: either the image finds the right and the review finds the image, or the image is
//!    refused with "layers do not exist" and the client pushes again.
//! 3. **A promise holds.** A client that was told "the repository has this layer" (`HEAD` 200, upload done, mount)
//!    holds a lease of at least half of [`LEASE`], so it can finish its push, whatever images are deleted
//!    meanwhile. Only who deletes this very layer, or the repository, takes the promise back.
//! 4. **A blob row goes** only if no repository has a right, again read in the deleting transaction, and only
//!    [`GRACE`] after it was condemned: a reader that found the row just before has long opened the object.
//!    An upload of the same digest revives a condemned row; after the row has gone it makes a new one, for a
//!    new object. Object keys are never used twice, so deleting the old object cannot touch the new.
//! 5. **Bytes go after the row, and the job after the bytes.** An object that is to be deleted is named in a
//!    `delete_object` job in the transaction that removes its last mention. A crash anywhere leaves the job,
//!    and the job is idempotent. An object is named, by an upload or a job, before its first byte, and an upload
//!    that a request is writing to is not given up.
//!
//! The model of this protocol, and the search over its interleavings, is in `tests/reclaiming_model`.

use std::time::Duration;

pub(crate) mod abandon_upload;
pub(crate) mod delete_object;
pub(crate) mod erase_repository;
pub(crate) mod reclaim_blob;
pub(crate) mod record_image;
pub(crate) mod review_repository_blob;

use async_trait::async_trait;
use db::ClaimedJob;
use jobs::{Job, JobBodies, JobFault, Outcome};

use crate::{Failure, Fault, Operations};

/// How long a repository keeps a layer that no image refers to, after it was uploaded, mounted or asked
/// for. As long as an upload may take.
pub const LEASE: Duration = Duration::from_hours(24);

/// How long the bytes of a layer outlive its last right: longer than any request takes between reading
/// the row and opening the object.
pub const GRACE: Duration = Duration::from_mins(10);

/// How long an upload lives without being written to.
pub const UPLOAD_LIFE: Duration = Duration::from_hours(24);

#[async_trait]
impl JobBodies for Operations {
    async fn run(&self, job: &ClaimedJob) -> Result<Outcome, JobFault> {
        let outcome = match job.name.as_str() {
            abandon_upload::AbandonUpload::NAME => self.abandon_upload(read(job)?).await,
            delete_object::DeleteObject::NAME => self.delete_object(read(job)?).await,
            erase_repository::EraseRepository::NAME => self.erase_repository(read(job)?).await,
            reclaim_blob::ReclaimBlob::NAME => self.reclaim_blob(read(job)?).await,
            record_image::RecordImage::NAME => self.record_image(read(job)?).await,
            review_repository_blob::ReviewRepositoryBlob::NAME => {
                self.review_repository_blob(read(job)?).await
            }
            unknown => return Err(JobFault(format!("no job is called {unknown}").into())),
        };
        outcome.map_err(fault)
    }
}

fn read<J: Job>(job: &ClaimedJob) -> Result<J, JobFault> {
    serde_json::from_str(&job.payload).map_err(|error| JobFault(error.into()))
}

fn fault(failure: Failure) -> JobFault {
    JobFault(match failure {
        Failure::Refused(refusal) => refusal.to_string().into(),
        Failure::Fault(Fault::Full(error) | Fault::Corrupt(error) | Fault::Broken(error)) => error,
    })
}
