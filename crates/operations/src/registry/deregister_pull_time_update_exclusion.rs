//! DeregisterPullTimeUpdateExclusion.

use names::RegistryId;

use crate::{Failure, Operations, RegistryRefusal};

impl Operations {
    /// Records pulls by a principal again.
    pub async fn deregister_pull_time_update_exclusion(
        &self,
        registry: &RegistryId,
        principal: &str,
    ) -> Result<(), Failure> {
        let (registry, principal) = (registry.clone(), principal.to_owned());
        self.db
            .write(move |tx| {
                if tx.delete_pull_time_exclusion(&registry, &principal)? {
                    return Ok(());
                }
                Err(RegistryRefusal::ExclusionNotFound(principal.clone()).into())
            })
            .await
    }
}
