//! DeletePullGate: every image of the caller's registry may be pulled again.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::longshore::{DeletePullGateRequest, DeletePullGateResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;

pub(in crate::doors::aws) struct DeletePullGate;

impl Call for DeletePullGate {
    type Input = DeletePullGateRequest;
    type Target = RegistryId;
    type Output = DeletePullGateResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        context.operations().delete_pull_gate(&registry).await?;
        Ok(DeletePullGateResponse {})
    }
}
