//! DeletePullThroughCacheRule.

use db::PullThroughCacheRule;
use names::{CachePrefix, RegistryId};

use super::refusal::PullThroughRuleRefusal;
use crate::{Failure, Operations};

impl Operations {
    /// Deletes a rule, and returns what it was. Repositories that it filled stay as they are.
    pub async fn delete_pull_through_cache_rule(
        &self,
        registry: &RegistryId,
        prefix: CachePrefix,
    ) -> Result<PullThroughCacheRule, Failure> {
        let id = registry.clone();
        let deleted = self
            .db
            .write(move |tx| {
                let Some(rule) = tx.find_pull_through_cache_rule(&id, &prefix)? else {
                    let (prefix, registry) = (prefix.clone(), id.clone());
                    return Err(PullThroughRuleRefusal::NotFound { prefix, registry }.into());
                };
                tx.delete_pull_through_cache_rule(&id, &prefix)?;
                Ok::<_, Failure>(rule)
            })
            .await;
        self.pull_through_rules.forget(registry);
        deleted
    }
}
