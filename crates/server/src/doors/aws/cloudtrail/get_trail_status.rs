//! GetTrailStatus: how far the trail is in the caller's account and Region.

use identity::Caller;
use operations::TrailStatus;
use wire::aws::WireRefusal;
use wire::aws::cloudtrail::{Exception, GetTrailStatusRequest, GetTrailStatusResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::moments::seconds;
use super::describe_trails::arn;
use super::trail_arn::{TrailArn, require_name};

pub(in crate::doors::aws) struct GetTrailStatus;

impl Call for GetTrailStatus {
    type Input = GetTrailStatusRequest;
    type Target = TrailArn;
    type Output = GetTrailStatusResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        TrailArn::parse(caller, &input.name)
    }

    async fn act(
        context: &Context<'_>,
        asked: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_name(&input.name)?;
        let account = context.caller.account();
        let found = context.operations().describe_trails().await?;
        let Some(trail) = found.filter(|trail| arn(account, trail) == asked) else {
            let text = format!("Unknown trail: {} for the user: {account}", input.name);
            return Err(WireRefusal::new(Exception::TrailNotFound, text).into());
        };
        let registry = context.caller.registry();
        let status = context.operations().get_trail_status(&registry).await?;
        let TrailStatus { log_written_at, digest_written_at } = status;
        Ok(GetTrailStatusResponse {
            is_logging: Some(true),
            latest_delivery_time: log_written_at.map(seconds),
            latest_digest_delivery_time: digest_written_at.map(seconds),
            start_logging_time: Some(seconds(trail.begun_at)),
            ..GetTrailStatusResponse::default()
        })
    }
}
