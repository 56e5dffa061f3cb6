//! ListSecrets.

use names::RegistryId;

use super::describe_secret::{DescribedSecret, describe};
use crate::{Failure, Operations};

impl Operations {
    /// Secrets in the order of their names, from after the name `after` on, also those that are
    /// gone.
    pub async fn list_secrets(
        &self,
        registry: &RegistryId,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<DescribedSecret>, Failure> {
        let (registry, now) = (registry.clone(), self.now());
        self.db
            .read(move |tx| {
                let rows = tx.list_secrets(&registry, after.as_deref(), limit)?;
                rows.into_iter().map(|secret| describe(tx, secret, now)).collect()
            })
            .await
    }
}
