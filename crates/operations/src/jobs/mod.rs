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
//!    holds a lease of at least half of [`LEASE`], less [`SKEW_MAX`], so it can finish its push, whatever images are deleted
//!    meanwhile, and whichever node does it. Only who deletes this very layer, or the repository, takes the promise back.
//! 4. **A blob row goes** only if no repository has a right, again read in the deleting transaction, and only
//!    [`GRACE`] after it was condemned: a reader that found the row just before has long read the object.
//!    An upload of the same digest revives a condemned row; after the row has gone it makes a new one, for a
//!    new object. Object keys are never used twice, so deleting the old object cannot touch the new.
//! 5. **Bytes go after the row, and the job after the bytes.** An object that is to be deleted is named in a
//!    `delete_object` job in the transaction that removes its last mention. A crash anywhere leaves the job,
//!    and the job is idempotent. An object is named, by an upload or a job, before its first byte, and an upload
//!    that a request is writing to is not given up: while bytes come, the request says so in the row.
//!
//! # Many nodes
//!
//! * **Every decision is one transaction** over the rows that it depends on; no body remembers across a wait what it has
//!   read. So it does not matter on how many nodes jobs run, nor that a run whose lease was lost
//!   ends later than the next one. A runner that comes late cannot end what was claimed after it (`fence`).
//! * **What is done outside of rows** is to write and to delete objects. To delete is only ever ordered for an object that no
//!   row can come to name again, so it may happen late and often. To write counts only through a row that is then
//!   written at the version that was read (`crate::upload::turns`), so who comes late has written for nothing, and has it deleted.
//! * **A node that pauses** at any point therefore does no harm when it wakes; `docs/decisions/0009` goes through the
//!   points one by one. Only how soon something is given back depends on it.
//! * **Clocks** decide when, never whether: an image's layers, and what was acknowledged of an upload, are kept by rows. If the
//!   nodes' clocks differ by up to [`SKEW_MAX`], a reader has [`GRACE`] less that, and a promise lasts for half of
//!   [`LEASE`] less that. If they differ by more, a reader may find its object gone and a push be asked to send a layer
//!   again; nothing that anybody refers to is lost however wrong they are. Whether a job runs early is for its
//!   body to see; two runners that disagree about a lease run it twice.
//!
//! The model of this protocol, and the search over its interleavings, is in `crates/reclaiming_model`.

use std::time::Duration;

pub(crate) mod abandon_upload;
pub(crate) mod delete_object;
pub(crate) mod erase_repository;
pub(crate) mod list_jobs;
pub(crate) mod reclaim_blob;
pub(crate) mod record_image;
pub(crate) mod retry_job;
pub(crate) mod review_repository_blob;

use async_trait::async_trait;
use db::ClaimedJob;
use jobs::{Job, JobBodies, JobFault, Moves, Outcome};

use crate::{Failure, Fault, Operations};

/// How long a repository keeps a layer that no image refers to, after it was uploaded, mounted or asked
/// for. As long as an upload may take.
pub const LEASE: Duration = Duration::from_hours(24);

/// By how much the clocks of two nodes may differ. They take their time from the database; this is for a node that has not
/// reached it for a while.
pub const SKEW_MAX: Duration = Duration::from_mins(5);

/// How long the bytes of a layer outlive its last right: longer, with [`SKEW_MAX`] to spare, than a request takes between
/// reading the row and opening the object; or, from a bucket, which is read in many requests, reading all of it.
pub const GRACE: Duration = Duration::from_hours(1);

/// How long an upload lives without being written to.
pub const UPLOAD_LIFE: Duration = Duration::from_hours(24);

/// Names every kind of job with the body that carries it out. One that is not here is not run, and its command is then never
/// used: the compiler says so.
macro_rules! bodies {
    ($($job:ty => $body:ident;)*) => {
        #[async_trait]
        impl JobBodies for Operations {
            async fn run(&self, job: &ClaimedJob) -> Result<Outcome, JobFault> {
                let outcome = match job.name.as_str() {
                    $(<$job>::NAME => self.$body(read(job)?).await,)*
                    unknown => return Err(JobFault(format!("no job is called {unknown}").into())),
                };
                outcome.map_err(fault)
            }
        }

        /// Whether jobs of this name go along when rows move. A name that an other version knows does: it is judged there.
        pub(crate) fn moves(name: &str) -> Moves {
            match name {
                $(<$job>::NAME => <$job>::MOVES,)*
                _ => Moves::WithRows,
            }
        }
    };
}

bodies! {
    abandon_upload::AbandonUpload => abandon_upload;
    delete_object::DeleteObject => delete_object;
    erase_repository::EraseRepository => erase_repository;
    reclaim_blob::ReclaimBlob => reclaim_blob;
    record_image::RecordImage => record_image;
    review_repository_blob::ReviewRepositoryBlob => review_repository_blob;
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
