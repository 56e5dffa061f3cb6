//! StartLifecyclePolicyPreview.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    LifecyclePolicyPreviewStatus, StartLifecyclePolicyPreviewRequest,
    StartLifecyclePolicyPreviewResponse,
};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct StartLifecyclePolicyPreview;

impl Call for StartLifecyclePolicyPreview {
    type Input = StartLifecyclePolicyPreviewRequest;
    type Target = RepositoryArn;
    type Output = StartLifecyclePolicyPreviewResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let text = input.lifecycle_policy_text.as_deref();
        let text = context.operations().start_lifecycle_policy_preview(&arn, text).await?;
        Ok(StartLifecyclePolicyPreviewResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            lifecycle_policy_text: Some(text),
            status: Some(LifecyclePolicyPreviewStatus::InProgress),
        })
    }
}
