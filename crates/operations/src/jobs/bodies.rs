//! From the name of a job to its body.

use std::time::Duration;

use async_trait::async_trait;
use db::ClaimedJob;
use jobs::{Job, JobBodies, JobFault, Moves, Outcome};

use crate::{Failure, Operations, Refusal};

/// Maps every kind of job to its body: those that run alone, and small ones of which so many run
/// together. A job that is missing here never runs, and the compiler reports its type as unused.
macro_rules! bodies {
    (
        alone { $($job:ty => $body:ident;)* }
        together { $($small:ty => $bodies:ident, $most:literal;)* }
    ) => {
        #[async_trait]
        impl JobBodies for Operations {
            async fn run(&self, job: &ClaimedJob) -> Result<Outcome, JobFault> {
                let outcome = match job.name.as_str() {
                    $(<$job>::NAME => self.$body(read(job)?).await,)*
                    $(<$small>::NAME => self.$bodies(vec![read(job)?]).await.map(the_only),)*
                    unknown => return Err(JobFault(format!("no job is called {unknown}").into())),
                };
                self.or_later(outcome)
            }

            fn together_max(&self, name: &str) -> u32 {
                match name {
                    $(<$small>::NAME => $most,)*
                    _ => 1,
                }
            }

            async fn run_together(&self, jobs: &[ClaimedJob]) -> Result<Vec<Outcome>, JobFault> {
                let name = jobs.first().map(|job| job.name.as_str()).unwrap_or_default();
                let outcomes = match name {
                    $(<$small>::NAME => {
                        let jobs: Result<Vec<$small>, _> = jobs.iter().map(read).collect();
                        self.$bodies(jobs?).await
                    })*
                    name => return Err(JobFault(format!("{name} runs alone").into())),
                };
                outcomes.map_err(fault)
            }
        }

        /// Whether jobs of this name move along when rows move. Unknown names of other versions do:
        /// the target decides about them.
        pub(crate) fn moves(name: &str) -> Moves {
            match name {
                $(<$job>::NAME => <$job>::MOVES,)*
                $(<$small>::NAME => <$small>::MOVES,)*
                _ => Moves::WithRows,
            }
        }
    };
}

bodies! {
    alone {
        super::abandon_upload::AbandonUpload => abandon_upload;
        super::apply_lifecycle_policy::ApplyLifecyclePolicy => apply_lifecycle_policy;
        super::conclude_scans::ConcludeScans => conclude_scans;
        super::deliver_audit_records::DeliverAuditRecords => deliver_audit_records;
        super::deliver_events::DeliverEvents => deliver_events;
        super::delete_referrers::DeleteReferrers => delete_referrers;
        super::erase_repository::EraseRepository => erase_repository;
        super::follow_subject::FollowSubject => follow_subject;
        super::forget_audit_records::ForgetAuditRecords => forget_audit_records;
        super::forget_deleted_images::ForgetDeletedImages => forget_deleted_images;
        super::forget_events::ForgetEvents => forget_events;
        super::forget_inventory::ForgetInventory => forget_inventory;
        super::import_upstream_image::ImportUpstreamImage => import_upstream_image;
        super::judge_packages::JudgePackages => judge_packages;
        super::move_archived_bytes::MoveArchivedBytes => move_archived_bytes;
        super::move_blob::MoveBlob => move_blob;
        super::forget_tag_moves::ForgetTagMoves => forget_tag_moves;
        super::preview_lifecycle_policy::PreviewLifecyclePolicy => preview_lifecycle_policy;
        super::record_image::RecordImage => record_image;
        super::rekey_repository::RekeyRepository => rekey_repository_in_steps;
        super::reseal_rows::ResealRows => reseal_rows;
        super::restore_image::RestoreImage => restore_archived_image;
        super::scan_image::ScanImage => scan_image;
        super::scan_recent_images::ScanRecentImages => scan_recent_images;
    }
    together {
        super::delete_object::DeleteObject => delete_objects, 100;
        super::reclaim_blob::ReclaimBlob => reclaim_blobs, 30;
        super::review_repository_blob::ReviewRepositoryBlob => review_repository_blobs, 30;
    }
}

fn read<J: Job>(job: &ClaimedJob) -> Result<J, JobFault> {
    serde_json::from_str(&job.payload).map_err(|error| JobFault(error.into()))
}

/// The outcome of one that ran alone.
fn the_only(outcomes: Vec<Outcome>) -> Outcome {
    outcomes.into_iter().next().unwrap_or(Outcome::Done)
}

/// How long a job waits for a KMS key that may not be used or whose service does not answer. What
/// makes a key of our own KMS usable again wakes it sooner.
const KEY_PAUSE: Duration = Duration::from_mins(2);

impl Operations {
    /// A job that needs a key which is taken away waits until it comes back: it has not failed, and
    /// is not given up.
    fn or_later(&self, outcome: Result<Outcome, Failure>) -> Result<Outcome, JobFault> {
        match outcome {
            Err(Failure::Refused(Refusal::Encryption(refusal))) => {
                let because = refusal.to_string();
                let signal = refusal.key().map(ToString::to_string);
                Ok(Outcome::Waits { until: self.now().plus(KEY_PAUSE), signal, because })
            }
            outcome => outcome.map_err(fault),
        }
    }
}

fn fault(failure: Failure) -> JobFault {
    JobFault(match failure {
        Failure::Refused(refusal) => refusal.to_string().into(),
        Failure::Fault(fault) => fault.into_error(),
    })
}
