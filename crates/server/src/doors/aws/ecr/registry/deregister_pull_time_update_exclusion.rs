//! DeregisterPullTimeUpdateExclusion.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    DeregisterPullTimeUpdateExclusionRequest, DeregisterPullTimeUpdateExclusionResponse,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeregisterPullTimeUpdateExclusion;

impl Call for DeregisterPullTimeUpdateExclusion {
    type Input = DeregisterPullTimeUpdateExclusionRequest;
    type Target = RegistryId;
    type Output = DeregisterPullTimeUpdateExclusionResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let principal = input.principal_arn;
        let verb =
            context.operations().deregister_pull_time_update_exclusion(&registry, &principal);
        verb.await?;
        Ok(DeregisterPullTimeUpdateExclusionResponse { principal_arn: Some(principal) })
    }
}
