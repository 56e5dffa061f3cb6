//! RegisterPullTimeUpdateExclusion.

use db::PullTimeExclusion;
use names::RegistryId;

use crate::{Failure, Operations, RegistryRefusal};

/// ECR's quota for an account in a Region.
const EXCLUSIONS_MAX: u32 = 100;

impl Operations {
    /// Leaves pulls by a user or a role out of `lastRecordedPullTime` from now on. The principal
    /// need not exist.
    pub async fn register_pull_time_update_exclusion(
        &self,
        registry: &RegistryId,
        principal: &str,
    ) -> Result<PullTimeExclusion, Failure> {
        let (id, principal, created_at) = (registry.clone(), principal.to_owned(), self.now());
        self.db
            .write(move |tx| {
                if tx.find_pull_time_exclusion(&id, &principal)?.is_some() {
                    return Err(RegistryRefusal::ExclusionAlreadyExists(principal.clone()).into());
                }
                let there = tx.list_pull_time_exclusions(&id, None, EXCLUSIONS_MAX)?;
                if there.len() >= EXCLUSIONS_MAX as usize {
                    let exclusions_max = EXCLUSIONS_MAX;
                    return Err(RegistryRefusal::TooManyExclusions { exclusions_max }.into());
                }
                let registry = tx.open_registry(&id, created_at)?;
                tx.insert_pull_time_exclusion(registry, &principal, created_at)?;
                Ok::<_, Failure>(PullTimeExclusion { principal: principal.clone(), created_at })
            })
            .await
    }
}
