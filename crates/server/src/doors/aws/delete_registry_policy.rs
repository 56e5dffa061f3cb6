//! DeleteRegistryPolicy.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{DeleteRegistryPolicyRequest, DeleteRegistryPolicyResponse};

use super::call::{Call, Context};
use super::failure::Refused;
use super::policy_text::printed;

pub(super) struct DeleteRegistryPolicy;

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
