//! UpdateRepositoryCreationTemplate. What is not given stays; an empty text is taken out.

use identity::Caller;
use names::RegistryId;
use operations::TemplateChanges;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    ImageTagMutability, UpdateRepositoryCreationTemplateRequest,
    UpdateRepositoryCreationTemplateResponse,
};

use super::settings::{self, text};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::ecr::repository::read_mutability;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct UpdateRepositoryCreationTemplate;

impl Call for UpdateRepositoryCreationTemplate {
    type Input = UpdateRepositoryCreationTemplateRequest;
    type Target = RegistryId;
    type Output = UpdateRepositoryCreationTemplateResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let prefix = settings::prefix(&input.prefix)?;
        let role = text(input.custom_role_arn.clone());
        let changes = read(input, &registry)?;
        settings::require_role(context, &registry, role.as_deref()).await?;
        let operations = context.operations();
        let updated =
            operations.update_repository_creation_template(&registry, prefix, changes).await?;
        Ok(UpdateRepositoryCreationTemplateResponse {
            registry_id: Some(registry.account.to_string()),
            repository_creation_template: Some(settings::write(updated)),
        })
    }
}

fn read(
    input: UpdateRepositoryCreationTemplateRequest,
    registry: &RegistryId,
) -> Result<TemplateChanges, Refused> {
    let UpdateRepositoryCreationTemplateRequest {
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
    let filters = image_tag_mutability_exclusion_filters;
    let mutability = match (image_tag_mutability, &filters) {
        (None, None) => None,
        (mode, filters) => {
            let mode = mode.unwrap_or(ImageTagMutability::Mutable);
            Some(read_mutability(mode, filters.as_deref())?)
        }
    };
    let encryption =
        encryption_configuration.map(|asked| settings::encryption(&asked, registry)).transpose()?;
    let given = |it: Option<String>| it.map(|it| text(Some(it)));
    Ok(TemplateChanges {
        description: given(description),
        encryption,
        mutability,
        tags: resource_tags.map(settings::tags),
        repository_policy: given(repository_policy),
        lifecycle_policy: given(lifecycle_policy),
        applied_for: applied_for.map(|words| settings::applied_for(&words)),
        custom_role: given(custom_role_arn),
    })
}
