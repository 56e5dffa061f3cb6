//! ListPullTimeUpdateExclusions.

use db::{DbError, PullTimeExclusion};
use names::RegistryId;

use crate::{Failure, Operations};

impl Operations {
    /// The principals whose pulls are not recorded, in the order of their ARNs.
    pub async fn list_pull_time_update_exclusions(
        &self,
        registry: &RegistryId,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<PullTimeExclusion>, Failure> {
        let registry = registry.clone();
        let list = move |tx: &mut db::Tx<'_>| {
            tx.list_pull_time_exclusions(&registry, after.as_deref(), limit)
        };
        let listed: Result<_, DbError> = self.db.read(list).await;
        Ok(listed?)
    }
}
