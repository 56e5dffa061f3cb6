//! GetPullGate: of our own service.

use names::RegistryId;

use super::gate::PullGate;
use crate::{Failure, Operations};

impl Operations {
    /// The gate of a registry, if it has one.
    pub async fn get_pull_gate(&self, registry: &RegistryId) -> Result<Option<PullGate>, Failure> {
        let registry = registry.clone();
        Ok(self.db.read(move |tx| PullGate::find(tx, &registry)).await?)
    }
}
