//! PutRegistryPolicy, GetRegistryPolicy, DeleteRegistryPolicy.

use names::RegistryId;
use policy::DocumentKind;

use super::named_principals::require_document;
use crate::{Failure, Operations, Refusal};

const INVALID: &str = "Invalid registry policy provided";

impl Operations {
    /// Sets the registry's policy.
    pub async fn put_registry_policy(
        &self,
        registry: &RegistryId,
        text: &str,
    ) -> Result<(), Failure> {
        let (id, text, now) = (registry.clone(), text.to_owned(), self.now());
        let outcome = self
            .db
            .write(move |tx| {
                require_document(tx, &text, DocumentKind::Registry, INVALID)?;
                let key = tx.open_registry(&id, now)?;
                Ok(tx.put_registry_policy(key, &text)?)
            })
            .await;
        self.epochs.bump_registry(registry);
        outcome
    }

    /// The registry's policy, as it was set.
    pub async fn get_registry_policy(&self, registry: &RegistryId) -> Result<String, Failure> {
        let registry = registry.clone();
        self.db
            .read(move |tx| {
                let policy = tx.find_registry_policy(&registry)?;
                policy.ok_or_else(|| Refusal::RegistryPolicyNotFound(registry.clone()).into())
            })
            .await
    }

    /// Removes the registry's policy; answers with what it was.
    pub async fn delete_registry_policy(&self, registry: &RegistryId) -> Result<String, Failure> {
        let id = registry.clone();
        let outcome = self
            .db
            .write(move |tx| {
                let missing = || Refusal::RegistryPolicyNotFound(id.clone());
                let policy = tx.find_registry_policy(&id)?.ok_or_else(missing)?;
                let key = tx.find_registry(&id)?.ok_or_else(missing)?;
                tx.delete_registry_policy(key)?;
                Ok(policy)
            })
            .await;
        self.epochs.bump_registry(registry);
        outcome
    }
}
