//! GetLifecyclePolicy.

use identity::Caller;
use names::{RepositoryArn, Timestamp};
use wire::aws::WireRefusal;
use wire::aws::ecr::{GetLifecyclePolicyRequest, GetLifecyclePolicyResponse};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetLifecyclePolicy;

impl Call for GetLifecyclePolicy {
    type Input = GetLifecyclePolicyRequest;
    type Target = RepositoryArn;
    type Output = GetLifecyclePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let policy = context.operations().get_lifecycle_policy(&arn).await?;
        Ok(GetLifecyclePolicyResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            lifecycle_policy_text: Some(policy.document),
            last_evaluated_at: Some(written_evaluation(policy.last_evaluated_at)),
        })
    }
}

/// `lastEvaluatedAt`: before the first run, ECR answers with the start of 1970.
pub(super) fn written_evaluation(last_evaluated_at: Option<Timestamp>) -> f64 {
    last_evaluated_at.map_or(0.0, Timestamp::as_epoch_seconds)
}
