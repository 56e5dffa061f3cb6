//! PutRegistryPolicy, GetRegistryPolicy, DeleteRegistryPolicy.

use iam::named_principals::kept;
use names::RegistryId;
use policy::DocumentKind;

use super::document::{not_kept, parse, shown};
use crate::{Failure, Operations, ResourcePolicyRefusal};

const INVALID: &str = "Invalid registry policy provided";

impl Operations {
    /// Sets the registry's policy. Returns its shown form.
    pub async fn put_registry_policy(
        &self,
        registry: &RegistryId,
        text: &str,
    ) -> Result<String, Failure> {
        let (id, text, now) = (registry.clone(), text.to_owned(), self.now());
        self.change_registry(registry, move |tx| {
            let document = parse(&text, DocumentKind::Registry, INVALID)?;
            let by_ids = kept(tx, &document, &text).map_err(not_kept)?;
            let key = tx.open_registry(&id, now)?;
            tx.put_registry_policy(key, &by_ids)?;
            shown(tx, &by_ids, DocumentKind::Registry)
        })
        .await
    }

    /// The shown form of the registry's policy.
    pub async fn get_registry_policy(&self, registry: &RegistryId) -> Result<String, Failure> {
        let registry = registry.clone();
        self.db
            .read(move |tx| {
                let policy = tx.find_registry_policy(&registry)?;
                let policy = policy
                    .ok_or_else(|| ResourcePolicyRefusal::NotFoundOfRegistry(registry.clone()))?;
                shown(tx, &policy, DocumentKind::Registry)
            })
            .await
    }

    /// Removes the registry's policy. Returns what it was.
    pub async fn delete_registry_policy(&self, registry: &RegistryId) -> Result<String, Failure> {
        let id = registry.clone();
        self.change_registry(registry, move |tx| {
            let missing = || ResourcePolicyRefusal::NotFoundOfRegistry(id.clone());
            let policy = tx.find_registry_policy(&id)?.ok_or_else(missing)?;
            let key = tx.find_registry(&id)?.ok_or_else(missing)?;
            tx.delete_registry_policy(key)?;
            shown(tx, &policy, DocumentKind::Registry)
        })
        .await
    }
}
