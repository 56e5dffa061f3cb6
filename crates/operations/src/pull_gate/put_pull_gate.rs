//! PutPullGate: of our own service.

use names::RegistryId;

use super::gate::PullGate;
use crate::{Failure, Operations};

impl Operations {
    /// Gives a registry a gate, instead of the one that it has. It holds from the next pull on.
    pub async fn put_pull_gate(
        &self,
        registry: &RegistryId,
        gate: PullGate,
    ) -> Result<PullGate, Failure> {
        let (registry, now) = (registry.clone(), self.now());
        self.db
            .write(move |tx| {
                let key = tx.open_registry(&registry, now)?;
                PullGate::put(Some(&gate), tx, key, now)?;
                Ok(gate.clone())
            })
            .await
    }
}
