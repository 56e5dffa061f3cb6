//! DeleteRepositoryCreationTemplate.

use db::CreationTemplate;
use names::{RegistryId, TemplatePrefix};

use crate::{Failure, Operations, TemplateRefusal};

impl Operations {
    /// Deletes a template, and returns what it was. Repositories that were created from it stay.
    pub async fn delete_repository_creation_template(
        &self,
        registry: &RegistryId,
        prefix: TemplatePrefix,
    ) -> Result<CreationTemplate, Failure> {
        let id = registry.clone();
        self.db
            .write(move |tx| {
                let missing =
                    || TemplateRefusal::NotFound { prefix: prefix.clone(), registry: id.clone() };
                let template = tx.find_creation_template(&id, &prefix)?.ok_or_else(missing)?;
                let registry = tx.find_registry(&id)?.ok_or_else(missing)?;
                tx.delete_creation_template(registry, &prefix)?;
                Ok::<_, Failure>(template)
            })
            .await
    }
}
