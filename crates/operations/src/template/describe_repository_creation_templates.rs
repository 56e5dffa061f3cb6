//! DescribeRepositoryCreationTemplates.

use db::{CreationTemplate, DbError, Tx};
use names::{RegistryId, TemplatePrefix};

use super::create_repository_creation_template::TEMPLATES_MAX;
use crate::{Failure, Operations};

impl Operations {
    /// Templates in the order of their prefixes, from after the stem `after` on.
    pub async fn list_repository_creation_templates(
        &self,
        registry: &RegistryId,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<CreationTemplate>, Failure> {
        let registry = registry.clone();
        let list =
            move |tx: &mut Tx<'_>| tx.list_creation_templates(&registry, after.as_deref(), limit);
        let listed: Result<_, DbError> = self.db.read(list).await;
        Ok(listed?)
    }

    /// Those templates with these prefixes that exist.
    pub async fn describe_repository_creation_templates(
        &self,
        registry: &RegistryId,
        prefixes: &[TemplatePrefix],
    ) -> Result<Vec<CreationTemplate>, Failure> {
        let all = self.list_repository_creation_templates(registry, None, TEMPLATES_MAX).await?;
        let is_named = |template: &CreationTemplate| {
            prefixes.iter().any(|prefix| prefix.stem() == template.prefix.stem())
        };
        Ok(all.into_iter().filter(is_named).collect())
    }
}
