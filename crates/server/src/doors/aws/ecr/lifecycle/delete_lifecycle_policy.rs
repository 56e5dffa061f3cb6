//! DeleteLifecyclePolicy.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse};

use super::get_lifecycle_policy::written_evaluation;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeleteLifecyclePolicy;

impl Call for DeleteLifecyclePolicy {
    type Input = DeleteLifecyclePolicyRequest;
    type Target = RepositoryArn;
    type Output = DeleteLifecyclePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let policy = context.operations().delete_lifecycle_policy(&arn).await?;
        Ok(DeleteLifecyclePolicyResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            lifecycle_policy_text: Some(policy.document),
            last_evaluated_at: Some(written_evaluation(policy.last_evaluated_at)),
        })
    }
}
