//! UpdatePullThroughCacheRule.

use db::{PullThroughCacheRule, Tx};
use names::{CachePrefix, RegistryId};

use super::login::{Login, require_fit};
use super::refusal::PullThroughRuleRefusal;
use crate::{Failure, Operations};

/// What a rule is to log in with: the ARN of a secret, and of a role.
type Words = (Option<String>, Option<String>);

impl Operations {
    /// Replaces what a rule logs in with: a secret, a role, or nothing.
    pub async fn update_pull_through_cache_rule(
        &self,
        registry: &RegistryId,
        prefix: CachePrefix,
        words: Words,
    ) -> Result<PullThroughCacheRule, Failure> {
        self.require_usable(registry, &prefix, &words).await?;
        let (id, now) = (registry.clone(), self.now());
        let updated = self
            .db
            .write(move |tx| {
                let before = require_rule_for(tx, &id, &prefix, &words)?;
                let (credential, custom_role) = words.clone();
                let put = (credential.as_deref(), custom_role.as_deref());
                tx.put_pull_through_credentials(&id, &prefix, put, now)?;
                let updated_at = now;
                Ok::<_, Failure>(PullThroughCacheRule {
                    credential,
                    custom_role,
                    updated_at,
                    ..before
                })
            })
            .await;
        self.pull_through_rules.forget(registry);
        updated
    }

    /// Requires that the rule is there, and may name this secret.
    async fn require_usable(
        &self,
        registry: &RegistryId,
        prefix: &CachePrefix,
        words: &Words,
    ) -> Result<(), Failure> {
        let (id, prefix, wanted) = (registry.clone(), prefix.clone(), words.clone());
        self.db.read(move |tx| require_rule_for(tx, &id, &prefix, &wanted)).await?;
        self.require_secret(words.0.as_deref(), registry).await
    }
}

/// The rule, whose upstream registry lets others in with such words.
fn require_rule_for(
    tx: &mut Tx<'_>,
    registry: &RegistryId,
    prefix: &CachePrefix,
    (credential, custom_role): &Words,
) -> Result<PullThroughCacheRule, Failure> {
    let missing =
        || PullThroughRuleRefusal::NotFound { prefix: prefix.clone(), registry: registry.clone() };
    let rule = tx.find_pull_through_cache_rule(registry, prefix)?.ok_or_else(missing)?;
    let login = Login { credential: credential.as_deref(), custom_role: custom_role.as_deref() };
    require_fit(&rule.upstream, login, registry).map_err(PullThroughRuleRefusal::from)?;
    Ok(rule)
}
