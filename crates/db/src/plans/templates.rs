//! Statements about repository creation templates.

use names::{AppliedFor, EncryptionType, TagMutability, TemplatePrefix};

use super::samples::{PAGE, now, registry};
use crate::{CreationTemplate, DbError, TemplateSettings, Tx};

pub(super) fn run_statements_about_templates(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let key = tx.open_registry(&registry(), now())?;
    let prefix = TemplatePrefix::parse("team").unwrap();
    let settings = TemplateSettings {
        description: None,
        encryption: EncryptionType::Aes256,
        kms_key: None,
        mutability: TagMutability::Mutable,
        exclusion_filters: Vec::new(),
        tags: vec![("team".to_owned(), "a".to_owned())],
        repository_policy: None,
        lifecycle_policy: None,
        applied_for: vec![AppliedFor::CreateOnPush],
        custom_role: None,
    };
    let template =
        CreationTemplate { prefix: prefix.clone(), settings, created_at: now(), updated_at: now() };
    assert!(tx.insert_creation_template(key, &template)?);
    tx.put_template_settings(key, &prefix, &template.settings, now())?;
    assert_eq!(tx.find_creation_template(&registry(), &prefix)?, Some(template.clone()));
    assert_eq!(tx.list_creation_templates(&registry(), None, PAGE)?, [template]);
    let uses = tx.list_template_uses(&registry(), PAGE)?;
    assert_eq!(uses, [(prefix.clone(), vec![AppliedFor::CreateOnPush])]);
    assert!(tx.delete_creation_template(key, &prefix)?);
    Ok(())
}
