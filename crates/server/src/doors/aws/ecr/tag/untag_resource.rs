//! UntagResource.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{UntagResourceRequest, UntagResourceResponse};

use crate::doors::aws::call::{Call, Context, resource};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagResource;

impl Call for UntagResource {
    type Input = UntagResourceRequest;
    type Target = RepositoryArn;
    type Output = UntagResourceResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        resource(caller, &input.resource_arn)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(&input.tag_keys)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        context.operations().untag_resource(&arn, input.tag_keys).await?;
        Ok(UntagResourceResponse {})
    }
}
