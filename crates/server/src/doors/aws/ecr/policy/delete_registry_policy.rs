//! DeleteRegistryPolicy.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{DeleteRegistryPolicyRequest, DeleteRegistryPolicyResponse};

use super::policy_text::printed;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeleteRegistryPolicy;

impl Call for DeleteRegistryPolicy {
    type Input = DeleteRegistryPolicyRequest;
    type Target = RegistryId;
    type Output = DeleteRegistryPolicyResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let text = context.operations().delete_registry_policy(&registry).await?;
        Ok(DeleteRegistryPolicyResponse {
            registry_id: Some(registry.account.to_string()),
            policy_text: Some(printed(&text)),
        })
    }
}
