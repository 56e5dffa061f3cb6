//! DescribePullThroughCacheRules.

use db::{DbError, PullThroughCacheRule, Tx};
use names::{CachePrefix, RegistryId};

use super::RULES_MAX;
use super::refusal::PullThroughRuleRefusal;
use crate::{Failure, Operations};

impl Operations {
    /// Rules in the order of their prefixes, from after the stem `after` on.
    pub async fn list_pull_through_cache_rules(
        &self,
        registry: &RegistryId,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<PullThroughCacheRule>, Failure> {
        let registry = registry.clone();
        let list = move |tx: &mut Tx<'_>| {
            tx.list_pull_through_cache_rules(&registry, after.as_deref(), limit)
        };
        let listed: Result<_, DbError> = self.db.read(list).await;
        Ok(listed?)
    }

    /// The rules with these prefixes, all of which must exist.
    pub async fn describe_pull_through_cache_rules(
        &self,
        registry: &RegistryId,
        prefixes: &[CachePrefix],
    ) -> Result<Vec<PullThroughCacheRule>, Failure> {
        let all = self.list_pull_through_cache_rules(registry, None, RULES_MAX).await?;
        let is_there =
            |prefix: &&CachePrefix| all.iter().any(|rule| rule.prefix.stem() == prefix.stem());
        if let Some(prefix) = prefixes.iter().find(|prefix| !is_there(prefix)) {
            let (prefix, registry) = (prefix.clone(), registry.clone());
            return Err(PullThroughRuleRefusal::NotFound { prefix, registry }.into());
        }
        let is_named = |rule: &PullThroughCacheRule| {
            prefixes.iter().any(|prefix| prefix.stem() == rule.prefix.stem())
        };
        Ok(all.into_iter().filter(is_named).collect())
    }
}
