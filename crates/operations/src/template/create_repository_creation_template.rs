//! CreateRepositoryCreationTemplate.

use db::{CreationTemplate, TemplateSettings};
use names::{RegistryId, TemplatePrefix};

use super::settings;
use crate::{Failure, Operations, TemplateRefusal};

/// How many templates a registry has at most. ECR's number is not published.
pub(super) const TEMPLATES_MAX: u32 = 100;

impl Operations {
    /// Makes a template for the repositories under a prefix.
    pub async fn create_repository_creation_template(
        &self,
        registry: &RegistryId,
        prefix: TemplatePrefix,
        settings: TemplateSettings,
    ) -> Result<CreationTemplate, Failure> {
        let (id, now) = (registry.clone(), self.now());
        let template = CreationTemplate { prefix, settings, created_at: now, updated_at: now };
        self.db
            .write(move |tx| {
                let prefix = &template.prefix;
                if tx.find_creation_template(&id, prefix)?.is_some() {
                    let (prefix, registry) = (prefix.clone(), id.clone());
                    return Err(TemplateRefusal::AlreadyExists { prefix, registry }.into());
                }
                settings::require(tx, &template.settings)?;
                if tx.list_template_uses(&id, TEMPLATES_MAX)?.len() >= TEMPLATES_MAX as usize {
                    return Err(TemplateRefusal::TooMany { templates_max: TEMPLATES_MAX }.into());
                }
                let registry = tx.open_registry(&id, now)?;
                tx.insert_creation_template(registry, &template)?;
                Ok::<_, Failure>(template.clone())
            })
            .await
    }
}
