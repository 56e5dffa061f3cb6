//! PutRegistryPolicy.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{PutRegistryPolicyRequest, PutRegistryPolicyResponse};

use super::policy_text::printed;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutRegistryPolicy;

impl Call for PutRegistryPolicy {
    type Input = PutRegistryPolicyRequest;
    type Target = RegistryId;
    type Output = PutRegistryPolicyResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let text = input.policy_text;
        let shown = context.operations().put_registry_policy(&registry, &text).await?;
        Ok(PutRegistryPolicyResponse {
            registry_id: Some(registry.account.to_string()),
            policy_text: Some(printed(&shown)),
        })
    }
}
