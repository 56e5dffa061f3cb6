//! GetRepositoryPolicy.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{GetRepositoryPolicyRequest, GetRepositoryPolicyResponse};

use super::policy_text::printed;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetRepositoryPolicy;

impl Call for GetRepositoryPolicy {
    type Input = GetRepositoryPolicyRequest;
    type Target = RepositoryArn;
    type Output = GetRepositoryPolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let text = context.operations().get_repository_policy(&arn).await?;
        Ok(GetRepositoryPolicyResponse {
            registry_id: Some(arn.registry.account.to_string()),
            repository_name: Some(arn.repository.to_string()),
            policy_text: Some(printed(&text)),
        })
    }
}
