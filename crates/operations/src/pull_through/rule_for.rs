//! The rule that fills a repository.

use std::sync::Arc;

use db::{DbError, PullThroughCacheRule};
use names::{RegistryId, RepositoryArn, RepositoryName};

use super::RULES_MAX;
use crate::{Failure, Operations};

/// The rules of a registry.
#[derive(Debug, Default)]
pub(crate) struct PullThroughRules(Vec<Arc<PullThroughCacheRule>>);

impl PullThroughRules {
    fn find_for(&self, name: &RepositoryName) -> Option<&Arc<PullThroughCacheRule>> {
        let fitting = self.0.iter().filter(|rule| rule.prefix.rest(name).is_some());
        fitting.max_by_key(|rule| rule.prefix.rank())
    }
}

impl Operations {
    /// The rule that fills a repository, if there is one: from memory if the registry's rules were
    /// read a moment ago, by an indexed read otherwise.
    pub async fn find_pull_through_rule_for(
        &self,
        arn: &RepositoryArn,
    ) -> Result<Option<Arc<PullThroughCacheRule>>, Failure> {
        let rules = self.pull_through_rules(&arn.registry).await?;
        Ok(rules.find_for(&arn.repository).cloned())
    }

    async fn pull_through_rules(
        &self,
        registry: &RegistryId,
    ) -> Result<Arc<PullThroughRules>, Failure> {
        let now = self.now();
        let (found, changes) = self.pull_through_rules.find(registry, now);
        if let Some(rules) = found {
            return Ok(rules);
        }
        let of = registry.clone();
        let read: Result<_, DbError> =
            self.db.read(move |tx| tx.list_pull_through_cache_rules(&of, None, RULES_MAX)).await;
        let rules = Arc::new(PullThroughRules(read?.into_iter().map(Arc::new).collect()));
        self.fetches.tallies.know(registry, &rules.0);
        self.pull_through_rules.keep(registry, now, changes, &rules);
        Ok(rules)
    }
}
