//! GetRegistryPolicy.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{GetRegistryPolicyRequest, GetRegistryPolicyResponse};

use super::policy_text::printed;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetRegistryPolicy;

impl Call for GetRegistryPolicy {
    type Input = GetRegistryPolicyRequest;
    type Target = RegistryId;
    type Output = GetRegistryPolicyResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let text = context.operations().get_registry_policy(&registry).await?;
        Ok(GetRegistryPolicyResponse {
            registry_id: Some(registry.account.to_string()),
            policy_text: Some(printed(&text)),
        })
    }
}
