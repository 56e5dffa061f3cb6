//! Carries out the lifecycle policy of a repository: some minutes after it was put, then daily.
//!
//! At first it forgets expiries whose time is over; where the policy was deleted, it only does
//! that, when the first of them is over, until none is left. A run judges all images, and then
//! expires or archives those that rules take, in small transactions, each of which looks again at
//! what it changes. A crash leaves the rest for the next run, which judges anew. A run that is
//! overtaken by another policy stops.
//!
//! What a run does is told once: of images in the transactions that act on them, of a run without
//! any in the one that notes its end. A job that was killed after that finds the note, and waits
//! for the next day.

use std::sync::Arc;
use std::time::Duration;

use db::{DbError, JobState, RepositoryKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{RepositoryArn, Timestamp};
use policy::lifecycle::Document;
use serde::{Deserialize, Serialize};

use crate::audit::service_event::Numbers;
use crate::lifecycle::act::Run;
use crate::lifecycle::expiry::Ended;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ApplyLifecyclePolicy {
    pub(crate) repository: i64,
}

impl Job for ApplyLifecyclePolicy {
    const NAME: &'static str = "apply_lifecycle_policy";
    const LANE: Lane = Lane::Lifecycle;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.repository.to_string()
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

/// How long after a run the next one begins: ECR acts within a day.
const BETWEEN_RUNS: Duration = Duration::from_hours(24);

/// How many records one transaction forgets: others wait for it no longer than that.
const FORGET_AT_ONCE: u32 = 250;

impl Operations {
    pub(super) async fn apply_lifecycle_policy(
        &self,
        job: ApplyLifecyclePolicy,
    ) -> Result<Outcome, Failure> {
        let (repository, evaluated_at) = (RepositoryKey(job.repository), self.now());
        let find = move |tx: &mut Tx<'_>| {
            if tx.find_repository_by_key(repository)?.is_none() {
                return Ok(None);
            }
            let Some((registry, name)) = tx.find_registry_of(repository)? else { return Ok(None) };
            let arn = RepositoryArn { registry, repository: name };
            Ok(Some((arn, tx.find_lifecycle_policy(repository)?)))
        };
        let found: Result<_, DbError> = self.db.read(find).await;
        let Some((arn, policy)) = found? else { return Ok(Outcome::Done) };
        let oldest = self.forget_expiries(repository, evaluated_at).await?;
        let Some(policy) = policy else {
            return Ok(oldest.map_or(Outcome::Done, |oldest| {
                let at = forget_at(oldest, self.remember_expiries);
                Outcome::Again(at.max(evaluated_at.plus(BETWEEN_RUNS)))
            }));
        };
        if let Some(next) = next_run_after(policy.last_evaluated_at, evaluated_at) {
            return Ok(Outcome::Again(next));
        }
        let document = Document::read(&policy.document)
            .map_err(|_| DbError::Corrupt { column: "lifecycle_policy.document" })?;
        let document = Arc::new(document);
        let judged = self.judge_images(repository, &document, evaluated_at).await?;
        let count = |images: usize| u64::try_from(images).unwrap_or(u64::MAX);
        let run = Arc::new(Run {
            repository,
            arn: arn.clone(),
            policy,
            document,
            evaluated_at,
            ready_at: self.now(),
            shield: self.tag_history.shield,
            audit: self.audit(),
            numbers: Numbers {
                images_evaluated: count(judged.len()),
                images_taken: count(judged.taken().len()),
            },
        });
        let ended = self.act_on_images(&run, &judged).await?;
        if let Ended::Whole(acted) | Ended::Stale(acted) = ended {
            tracing::info!(
                repository.arn = %arn,
                job.subject = repository.0,
                images.judged = run.numbers.images_evaluated,
                images.taken = run.numbers.images_taken,
                images.expired = acted.expired,
                images.archived = acted.archived,
                "a lifecycle policy was carried out"
            );
        }
        Ok(Outcome::Again(match ended {
            Ended::Stale(_) => self.now(),
            // If there is another policy, its own run was queued with it, and is earlier.
            Ended::Whole(_) | Ended::Overtaken => evaluated_at.plus(BETWEEN_RUNS),
        }))
    }

    /// Forgets why images expired whose time is over. Returns when the oldest of the others did.
    async fn forget_expiries(
        &self,
        repository: RepositoryKey,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Failure> {
        let before = now.minus(self.remember_expiries);
        let forget =
            move |tx: &mut Tx<'_>| tx.forget_expired_images(repository, before, FORGET_AT_ONCE);
        loop {
            let oldest = move |tx: &mut Tx<'_>| tx.find_oldest_expiry(repository);
            let oldest: Result<_, DbError> = self.db.read(oldest).await;
            let Some(oldest) = oldest? else { return Ok(None) };
            if oldest >= before {
                return Ok(Some(oldest));
            }
            self.db.write(forget).await?;
        }
    }
}

/// Leaves of the job of a policy that is being deleted what it has to do without it: to forget why
/// images expired, when the time of the first of them is over.
pub(crate) fn stop_applying(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    remember: Duration,
    now: Timestamp,
) -> Result<(), DbError> {
    let job = ApplyLifecyclePolicy { repository: repository.0 };
    match tx.find_oldest_expiry(repository)? {
        None => jobs::forget::<ApplyLifecyclePolicy>(tx, &job.subject()),
        Some(oldest) => jobs::enqueue(tx, &job, forget_at(oldest, remember).max(now), now),
    }
}

/// When an expiry can be forgotten.
fn forget_at(expired_at: Timestamp, remember: Duration) -> Timestamp {
    expired_at.plus(remember).plus(Duration::from_secs(1))
}

/// When the policy of a repository is carried out next. One that is being carried out now is due
/// when its lease ends, which tells nothing.
pub(crate) fn find_next_run(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
) -> Result<Option<Timestamp>, DbError> {
    let job = ApplyLifecyclePolicy { repository: repository.0 };
    let found = tx.find_job(ApplyLifecyclePolicy::NAME, &job.subject())?;
    let waits = found.filter(|job| matches!(job.state, JobState::Waiting | JobState::Retrying));
    Ok(waits.map(|job| job.due_at))
}

/// When the next run of the policy begins, if it has had that of this day. A clock that was put
/// back does not keep it from running.
fn next_run_after(evaluated_at: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let evaluated_at = evaluated_at.filter(|at| *at <= now)?;
    Some(evaluated_at.plus(BETWEEN_RUNS)).filter(|next| *next > now)
}
