//! DeletePullGate: of our own service.

use names::RegistryId;

use super::gate::PullGate;
use crate::{Failure, Operations};

impl Operations {
    /// Takes the gate of a registry away, if it has one.
    pub async fn delete_pull_gate(&self, registry: &RegistryId) -> Result<(), Failure> {
        let (registry, now) = (registry.clone(), self.now());
        self.db
            .write(move |tx| {
                if let Some(key) = tx.find_registry(&registry)? {
                    PullGate::put(None, tx, key, now)?;
                }
                Ok(())
            })
            .await
    }
}
