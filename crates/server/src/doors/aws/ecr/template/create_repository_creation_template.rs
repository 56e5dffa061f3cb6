//! CreateRepositoryCreationTemplate.

use identity::Caller;
use names::{EncryptionType, RegistryId};
use operations::TemplateSettings;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    CreateRepositoryCreationTemplateRequest, CreateRepositoryCreationTemplateResponse,
    ImageTagMutability,
};

use super::settings::{self, text};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::ecr::repository::read_mutability;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct CreateRepositoryCreationTemplate;

impl Call for CreateRepositoryCreationTemplate {
    type Input = CreateRepositoryCreationTemplateRequest;
    type Target = RegistryId;
    type Output = CreateRepositoryCreationTemplateResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let prefix = settings::prefix(&input.prefix)?;
        let read = read(input, &registry)?;
        settings::require_role(context, &registry, read.custom_role.as_deref()).await?;
        let operations = context.operations();
        let made = operations.create_repository_creation_template(&registry, prefix, read).await?;
        Ok(CreateRepositoryCreationTemplateResponse {
            registry_id: Some(registry.account.to_string()),
            repository_creation_template: Some(settings::write(made)),
        })
    }
}

fn read(
    input: CreateRepositoryCreationTemplateRequest,
    registry: &RegistryId,
) -> Result<TemplateSettings, Refused> {
    let CreateRepositoryCreationTemplateRequest {
        prefix: _,
        description,
        encryption_configuration,
        resource_tags,
        image_tag_mutability,
        image_tag_mutability_exclusion_filters,
        repository_policy,
        lifecycle_policy,
        applied_for,
        custom_role_arn,
    } = input;
    let (mutability, exclusion_filters) = read_mutability(
        image_tag_mutability.unwrap_or(ImageTagMutability::Mutable),
        image_tag_mutability_exclusion_filters.as_deref(),
    )?;
    let (encryption, kms_key) = match &encryption_configuration {
        Some(asked) => settings::encryption(asked, registry)?,
        None => (EncryptionType::Aes256, None),
    };
    Ok(TemplateSettings {
        description: text(description),
        encryption,
        kms_key,
        mutability,
        exclusion_filters,
        tags: settings::tags(resource_tags.unwrap_or_default()),
        repository_policy: text(repository_policy),
        lifecycle_policy: text(lifecycle_policy),
        applied_for: settings::applied_for(&applied_for),
        custom_role: text(custom_role_arn),
    })
}
