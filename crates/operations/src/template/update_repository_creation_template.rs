//! UpdateRepositoryCreationTemplate.

use db::{CreationTemplate, TemplateSettings};
use names::{
    AppliedFor, EncryptionType, ExclusionFilter, KmsKeyArn, RegistryId, TagMutability,
    TemplatePrefix,
};

use super::settings;
use crate::{Failure, Operations, TemplateRefusal};

/// What is to change in a template. What is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct TemplateChanges {
    /// The description.
    pub description: Option<Option<String>>,
    /// How bytes are encrypted, and under which KMS key.
    pub encryption: Option<(EncryptionType, Option<KmsKeyArn>)>,
    /// Whether tags may move, and which are excluded from that rule.
    pub mutability: Option<(TagMutability, Vec<ExclusionFilter>)>,
    /// Resource tags.
    pub tags: Option<Vec<(String, String)>>,
    /// The repository policy.
    pub repository_policy: Option<Option<String>>,
    /// The lifecycle policy.
    pub lifecycle_policy: Option<Option<String>>,
    /// When it is applied.
    pub applied_for: Option<Vec<AppliedFor>>,
    /// The role that creates the repositories.
    pub custom_role: Option<Option<String>>,
}

impl TemplateChanges {
    fn apply(self, before: TemplateSettings) -> TemplateSettings {
        let (encryption, kms_key) = self.encryption.unwrap_or((before.encryption, before.kms_key));
        let (mutability, exclusion_filters) =
            self.mutability.unwrap_or((before.mutability, before.exclusion_filters));
        TemplateSettings {
            description: self.description.unwrap_or(before.description),
            encryption,
            kms_key,
            mutability,
            exclusion_filters,
            tags: self.tags.unwrap_or(before.tags),
            repository_policy: self.repository_policy.unwrap_or(before.repository_policy),
            lifecycle_policy: self.lifecycle_policy.unwrap_or(before.lifecycle_policy),
            applied_for: self.applied_for.unwrap_or(before.applied_for),
            custom_role: self.custom_role.unwrap_or(before.custom_role),
        }
    }
}

impl Operations {
    /// Changes a template. Repositories that were created from it stay as they are.
    pub async fn update_repository_creation_template(
        &self,
        registry: &RegistryId,
        prefix: TemplatePrefix,
        changes: TemplateChanges,
    ) -> Result<CreationTemplate, Failure> {
        let (id, now) = (registry.clone(), self.now());
        self.db
            .write(move |tx| {
                let missing =
                    || TemplateRefusal::NotFound { prefix: prefix.clone(), registry: id.clone() };
                let before = tx.find_creation_template(&id, &prefix)?.ok_or_else(missing)?;
                let settings = changes.clone().apply(before.settings);
                settings::require(tx, &settings)?;
                let registry = tx.find_registry(&id)?.ok_or_else(missing)?;
                tx.put_template_settings(registry, &before.prefix, &settings, now)?;
                Ok::<_, Failure>(CreationTemplate { settings, updated_at: now, ..before })
            })
            .await
    }
}
