//! PutLifecyclePolicy.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{PutLifecyclePolicyRequest, PutLifecyclePolicyResponse};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutLifecyclePolicy;

impl Call for PutLifecyclePolicy {
    type Input = PutLifecyclePolicyRequest;
    type Target = RepositoryArn;
    type Output = PutLifecyclePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let text = input.lifecycle_policy_text;
        let canonical = context.operations().put_lifecycle_policy(&arn, &text).await?;
        Ok(PutLifecyclePolicyResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            lifecycle_policy_text: Some(canonical),
        })
    }
}
