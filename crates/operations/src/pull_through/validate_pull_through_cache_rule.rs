//! ValidatePullThroughCacheRule: whether the upstream registry lets a rule in.
//!
//! The upstream registry is called as a fetch would call it, with what is in the rule's secret now.
//! No token that it gave before is used.

use std::time::Duration;

use db::PullThroughCacheRule;
use names::{CachePrefix, RegistryId};
use tokio::time::Instant;

use super::refusal::PullThroughRuleRefusal;
use super::upstreams::{host, told};
use crate::{Failure, Operations, Refusal, UpstreamRefusal};

/// For the call, with all that it takes to be let in: clients wait for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A rule that was tried.
#[derive(Debug, Clone)]
pub struct ValidatedRule {
    /// The rule.
    pub rule: PullThroughCacheRule,
    /// Why its upstream registry cannot be read from, if so.
    pub failure: Option<UpstreamRefusal>,
}

impl Operations {
    /// Tries what a rule logs in with.
    pub async fn validate_pull_through_cache_rule(
        &self,
        registry: &RegistryId,
        prefix: CachePrefix,
    ) -> Result<ValidatedRule, Failure> {
        let id = registry.clone();
        let find = move |tx: &mut db::Tx<'_>| {
            tx.find_pull_through_cache_rule(&id, &prefix)?.ok_or_else(|| {
                let (prefix, registry) = (prefix.clone(), id.clone());
                Failure::from(PullThroughRuleRefusal::NotFound { prefix, registry })
            })
        };
        let rule = self.db.read(find).await?;
        match self.try_login(&rule, registry).await {
            Ok(()) => Ok(ValidatedRule { rule, failure: None }),
            Err(Failure::Refused(Refusal::Upstream(why))) => {
                Ok(ValidatedRule { rule, failure: Some(why) })
            }
            Err(failure) => Err(failure),
        }
    }

    async fn try_login(
        &self,
        rule: &PullThroughCacheRule,
        registry: &RegistryId,
    ) -> Result<(), Failure> {
        let upstream = self.upstream_of(rule, registry).await?;
        let client = self.require_upstreams(rule)?.client();
        let pinged = client.ping(&upstream, Instant::now() + PATIENCE).await;
        pinged.map_err(|error| {
            let upstream = host(rule);
            tracing::info!(upstream, %error, "an upstream registry did not let a rule in");
            told(&error, upstream).into()
        })
    }
}
