//! PutImageTagMutability.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{PutImageTagMutabilityRequest, PutImageTagMutabilityResponse};

use super::exclusion_filters::{self, write_filters, write_mode};
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutImageTagMutability;

impl Call for PutImageTagMutability {
    type Input = PutImageTagMutabilityRequest;
    type Target = RepositoryArn;
    type Output = PutImageTagMutabilityResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (mutability, filters) = exclusion_filters::read(
            input.image_tag_mutability,
            input.image_tag_mutability_exclusion_filters.as_deref(),
        )?;
        let put = context.operations().put_image_tag_mutability(&arn, mutability, filters).await?;
        Ok(PutImageTagMutabilityResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            image_tag_mutability: Some(write_mode(put.mutability)),
            image_tag_mutability_exclusion_filters: write_filters(&put.exclusion_filters),
        })
    }
}
