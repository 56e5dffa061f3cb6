//! ListTagsForResource.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{ListTagsForResourceRequest, ListTagsForResourceResponse, Tag};

use crate::doors::aws::call::{Call, Context, resource};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListTagsForResource;

impl Call for ListTagsForResource {
    type Input = ListTagsForResourceRequest;
    type Target = RepositoryArn;
    type Output = ListTagsForResourceResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        resource(caller, &input.resource_arn)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tags = context.operations().list_tags_for_resource(&arn).await?;
        let write = |(key, value)| Tag { key, value };
        Ok(ListTagsForResourceResponse { tags: Some(tags.into_iter().map(write).collect()) })
    }
}
