//! DeleteRepositoryCreationTemplate.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    DeleteRepositoryCreationTemplateRequest, DeleteRepositoryCreationTemplateResponse,
};

use super::settings;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeleteRepositoryCreationTemplate;

impl Call for DeleteRepositoryCreationTemplate {
    type Input = DeleteRepositoryCreationTemplateRequest;
    type Target = RegistryId;
    type Output = DeleteRepositoryCreationTemplateResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let prefix = settings::prefix(&input.prefix)?;
        let operations = context.operations();
        let deleted = operations.delete_repository_creation_template(&registry, prefix).await?;
        Ok(DeleteRepositoryCreationTemplateResponse {
            registry_id: Some(registry.account.to_string()),
            repository_creation_template: Some(settings::write(deleted)),
        })
    }
}
