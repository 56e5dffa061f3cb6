//! DeleteRepository.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{DeleteRepositoryRequest, DeleteRepositoryResponse};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeleteRepository;

impl Call for DeleteRepository {
    type Input = DeleteRepositoryRequest;
    type Target = RepositoryArn;
    type Output = DeleteRepositoryResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let force = input.force.unwrap_or_default();
        let deleted = context.operations().delete_repository(&arn, force).await?;
        let repository = Some(written::repository(context, &arn, &deleted));
        Ok(DeleteRepositoryResponse { repository })
    }
}
