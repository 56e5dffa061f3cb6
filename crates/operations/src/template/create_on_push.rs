//! What a push does that finds no repository: the template for it, and the repository made from it.

use db::{CreationTemplate, NewRepository, TemplateSettings, Tx};
use names::{AppliedFor, EncryptionKey, RepositoryArn, Timestamp, Uuid};
use policy::lifecycle::Document as LifecycleDocument;

use super::create_repository_creation_template::TEMPLATES_MAX;
use crate::lifecycle::put_lifecycle_policy::{invalid, put};
use crate::repository::create_repository::grants;
use crate::repository::resource_tags::put_all;
use crate::resource_policy::repository_policy::put_policy;
use crate::{Failure, Operations, Repository};

impl Operations {
    /// The template that is for repositories of this name, if there is one that is applied for
    /// this.
    pub async fn find_template_for(
        &self,
        arn: &RepositoryArn,
        applied_for: AppliedFor,
    ) -> Result<Option<CreationTemplate>, Failure> {
        let RepositoryArn { registry, repository } = arn.clone();
        self.db
            .read(move |tx| {
                let uses = tx.list_template_uses(&registry, TEMPLATES_MAX)?;
                let fitting = uses
                    .into_iter()
                    .filter(|(prefix, uses)| {
                        uses.contains(&applied_for) && prefix.covers(&repository)
                    })
                    .max_by_key(|(prefix, _)| prefix.rank());
                match fitting {
                    Some((prefix, _)) => Ok(tx.find_creation_template(&registry, &prefix)?),
                    None => Ok(None),
                }
            })
            .await
    }

    /// Creates a repository with everything that a template says, in one transaction. `None` if it
    /// is there already: of two pushes that come together, one creates it.
    pub async fn create_from_template(
        &self,
        arn: &RepositoryArn,
        settings: &TemplateSettings,
        encryption_key: EncryptionKey,
    ) -> Result<Option<Repository>, Failure> {
        let new = NewRepository {
            name: arn.repository.clone(),
            mutability: settings.mutability,
            exclusion_filters: settings.exclusion_filters.clone(),
            scan_on_push: false,
            encryption: encryption_key.encryption_type(),
            encryption_key,
            kms_grants: Vec::new(),
        };
        let (wanted, settings, now) = (arn.clone(), settings.clone(), self.now());
        let policy_id = Uuid::from_random(keys::random());
        let created = self
            .change_repository(arn, move |tx| {
                create(tx, &wanted, &new, &settings, (&policy_id, now))
            })
            .await?;
        if let Some(created) = &created {
            self.key_hints.note(arn, &created.encryption_key);
        }
        Ok(created)
    }
}

fn create(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    new: &NewRepository,
    settings: &TemplateSettings,
    (policy_id, now): (&Uuid, Timestamp),
) -> Result<Option<Repository>, Failure> {
    if tx.find_repository(&arn.registry, &arn.repository)?.is_some() {
        return Ok(None);
    }
    let registry = tx.open_registry(&arn.registry, now)?;
    let kms_grants = grants(tx, &new.encryption_key, arn, now)?;
    let new = NewRepository { kms_grants, ..new.clone() };
    let Some(key) = tx.insert_repository(registry, &new, now)? else { return Ok(None) };
    put_all(tx, key, &settings.tags)?;
    if let Some(text) = &settings.repository_policy {
        put_policy(tx, key, text)?;
    }
    if let Some(text) = &settings.lifecycle_policy {
        let document = LifecycleDocument::parse(text).map_err(|malformed| invalid(&malformed))?;
        put(tx, key, &document.canonical(), (policy_id, now))?;
    }
    Ok(tx.find_repository_by_key(key)?)
}
