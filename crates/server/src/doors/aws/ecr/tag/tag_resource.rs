//! TagResource. Only repositories have tags.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{TagResourceRequest, TagResourceResponse};

use crate::doors::aws::call::{Call, Context, resource};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagResource;

impl Call for TagResource {
    type Input = TagResourceRequest;
    type Target = RepositoryArn;
    type Output = TagResourceResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        resource(caller, &input.resource_arn)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tags(input.tags.iter().map(|tag| (&tag.key, &tag.value)))
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tags = input.tags.into_iter().map(|tag| (tag.key, tag.value)).collect();
        context.operations().tag_resource(&arn, tags).await?;
        Ok(TagResourceResponse {})
    }
}
