//! SetRepositoryPolicy.

use identity::Caller;
use names::RepositoryArn;
use operations::LockOut;
use wire::aws::WireRefusal;
use wire::aws::ecr::{SetRepositoryPolicyRequest, SetRepositoryPolicyResponse};

use super::policy_text::printed;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct SetRepositoryPolicy;

impl Call for SetRepositoryPolicy {
    type Input = SetRepositoryPolicyRequest;
    type Target = RepositoryArn;
    type Output = SetRepositoryPolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let SetRepositoryPolicyRequest {
            registry_id: _,
            repository_name: _,
            policy_text: text,
            force,
        } = input;
        let lock_out = if force == Some(true) { LockOut::Meant } else { LockOut::Refused };
        let asking = context.asking();
        let keys = RequestKeys::default();
        let shown = context
            .operations()
            .set_repository_policy(&asking.asker(), asking.context(&keys), &arn, &text, lock_out)
            .await?;
        Ok(SetRepositoryPolicyResponse {
            registry_id: Some(arn.registry.account.to_string()),
            repository_name: Some(arn.repository.to_string()),
            policy_text: Some(printed(&shown)),
        })
    }
}
