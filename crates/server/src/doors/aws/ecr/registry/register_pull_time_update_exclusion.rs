//! RegisterPullTimeUpdateExclusion.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    RegisterPullTimeUpdateExclusionRequest, RegisterPullTimeUpdateExclusionResponse,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct RegisterPullTimeUpdateExclusion;

impl Call for RegisterPullTimeUpdateExclusion {
    type Input = RegisterPullTimeUpdateExclusionRequest;
    type Target = RegistryId;
    type Output = RegisterPullTimeUpdateExclusionResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let verb = context
            .operations()
            .register_pull_time_update_exclusion(&registry, &input.principal_arn);
        let exclusion = verb.await?;
        Ok(RegisterPullTimeUpdateExclusionResponse {
            principal_arn: Some(exclusion.principal),
            created_at: Some(exclusion.created_at.as_epoch_seconds()),
        })
    }
}
