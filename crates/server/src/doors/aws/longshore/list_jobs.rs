//! ListJobs: waiting, running, retrying and given-up jobs.

use identity::Caller;
use names::{AccountId, Timestamp};
use operations::{DescribedJob, JobAbout, JobState};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::longshore::{Job, JobStatus, ListJobsRequest, ListJobsResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::pages::{LIMIT, Pages, limit};
use super::first_account::require_first_account;
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListJobs;

impl Call for ListJobs {
    type Input = ListJobsRequest;
    type Target = AccountId;
    type Output = ListJobsResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: AccountId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:ListJobs")?;
        let ListJobsRequest { status, name, subject, next_token, max_results } = input;
        let state = status.map(read_status);
        if let Some((name, subject)) = one_job(name.as_deref(), subject.as_deref())? {
            let found = context.operations().find_job(name, subject).await?;
            let found = found.filter(|job| state.is_none_or(|state| job.job.state == state));
            let jobs = Some(found.map(write).into_iter().collect());
            return Ok(ListJobsResponse { jobs, next_token: None });
        }
        let resource = Resource::Account(account);
        let limit = limit(max_results, LIMIT);
        let filter = status.map_or("", JobStatus::as_str);
        let pages = Pages::new(context, "ListJobs", &resource, filter, limit);
        let after = pages.after::<i64>(next_token.as_deref())?.unwrap_or_default();
        let rows = context.operations().list_jobs(state, after, pages.rows()).await?;
        let (rows, next_token) = pages.cut(rows, |job| job.job.id);
        let jobs = Some(rows.into_iter().map(write).collect());
        Ok(ListJobsResponse { jobs, next_token })
    }
}

/// The name and the subject of the requested job, which go together.
fn one_job<'a>(
    name: Option<&'a str>,
    subject: Option<&'a str>,
) -> Result<Option<(&'a str, &'a str)>, WireRefusal> {
    const TEXT: &str = "'name' and 'subject' name one job together";
    match (name, subject) {
        (Some(name), Some(subject)) => Ok(Some((name, subject))),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(invalid_parameter("name", TEXT)),
        (Some(_), None) => Err(invalid_parameter("subject", TEXT)),
    }
}

fn read_status(status: JobStatus) -> JobState {
    match status {
        JobStatus::Waiting => JobState::Waiting,
        JobStatus::Running => JobState::Running,
        JobStatus::Retrying => JobState::Retrying,
        JobStatus::GivenUp => JobState::GivenUp,
    }
}

fn write(described: DescribedJob) -> Job {
    let DescribedJob { job, about } = described;
    let JobAbout { repository, image, layer } = about;
    let status = match job.state {
        JobState::Waiting => JobStatus::Waiting,
        JobState::Running => JobStatus::Running,
        JobState::Retrying => JobStatus::Retrying,
        JobState::GivenUp => JobStatus::GivenUp,
    };
    Job {
        job_id: Some(job.id.to_string()),
        name: Some(job.name),
        subject: Some(job.subject),
        repository_arn: repository.map(|arn| arn.to_string()),
        image_digest: image.map(|digest| digest.to_string()),
        layer_digest: layer.map(|digest| digest.to_string()),
        lane: Some(job.lane),
        cause: Some(job.cause),
        status: Some(status),
        attempts: Some(i64::from(job.attempts)),
        last_error: job.last_error,
        waiting_because: job.waits_because,
        created_at: Some(job.created_at.as_epoch_seconds()),
        due_at: Some(job.due_at.as_epoch_seconds()),
        given_up_at: job.given_up_at.map(Timestamp::as_epoch_seconds),
    }
}
