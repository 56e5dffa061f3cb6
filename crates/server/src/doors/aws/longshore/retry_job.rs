//! RetryJob: runs a failed or given-up job now, with all of its attempts again.

use identity::Caller;
use names::AccountId;
use operations::JobRetried;
use wire::aws::WireRefusal;
use wire::aws::longshore::{Exception, RetryJobRequest, RetryJobResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::first_account::require_first_account;

pub(in crate::doors::aws) struct RetryJob;

impl Call for RetryJob {
    type Input = RetryJobRequest;
    type Target = AccountId;
    type Output = RetryJobResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:RetryJob")?;
        let id = &input.job_id;
        // Nineteen digits may exceed any job's number.
        let retried = match id.parse() {
            Ok(number) => context.operations().retry_job(number).await?,
            Err(_) => JobRetried::Unknown,
        };
        let (code, text) = match retried {
            JobRetried::Due => return Ok(RetryJobResponse {}),
            JobRetried::IsRunning => (
                Exception::JobRunning,
                format!("Job {id} is running. Wait until it ends or fails, then retry it"),
            ),
            JobRetried::HasNotFailed => (
                Exception::JobNotFailed,
                "The job has not failed. It waits, and runs when it is due".to_owned(),
            ),
            JobRetried::Unknown => (
                Exception::JobNotFound,
                format!("There is no job {id}: it has ended, or it never existed"),
            ),
        };
        Err(WireRefusal::new(code, text).into())
    }
}
