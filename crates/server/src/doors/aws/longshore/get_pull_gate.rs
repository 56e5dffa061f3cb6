//! GetPullGate: which images of the caller's registry may not be pulled.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::longshore::{GetPullGateRequest, GetPullGateResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::written_pull_gate::write;

pub(in crate::doors::aws) struct GetPullGate;

impl Call for GetPullGate {
    type Input = GetPullGateRequest;
    type Target = RegistryId;
    type Output = GetPullGateResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let gate = context.operations().get_pull_gate(&registry).await?;
        Ok(GetPullGateResponse { pull_gate: gate.map(write) })
    }
}
