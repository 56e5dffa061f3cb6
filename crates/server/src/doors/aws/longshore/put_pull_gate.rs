//! PutPullGate: which images of the caller's registry may not be pulled.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::longshore::{PutPullGateRequest, PutPullGateResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::written_pull_gate::{read, write};

pub(in crate::doors::aws) struct PutPullGate;

impl Call for PutPullGate {
    type Input = PutPullGateRequest;
    type Target = RegistryId;
    type Output = PutPullGateResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let gate = read(input.pull_gate)?;
        let gate = context.operations().put_pull_gate(&registry, gate).await?;
        Ok(PutPullGateResponse { pull_gate: Some(write(gate)) })
    }
}
