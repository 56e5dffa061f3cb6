//! UpdatePullThroughCacheRule.

use db::PullThroughCacheRule;
use names::{CachePrefix, RegistryId};

use super::login::{Login, require_fit};
use super::refusal::PullThroughRuleRefusal;
use crate::{Failure, Operations};

impl Operations {
    /// Replaces what a rule logs in with: a secret, a role, or nothing.
    pub async fn update_pull_through_cache_rule(
        &self,
        registry: &RegistryId,
        prefix: CachePrefix,
        (credential, custom_role): (Option<String>, Option<String>),
    ) -> Result<PullThroughCacheRule, Failure> {
        let (id, now) = (registry.clone(), self.now());
        let updated = self
            .db
            .write(move |tx| {
                let Some(before) = tx.find_pull_through_cache_rule(&id, &prefix)? else {
                    let (prefix, registry) = (prefix.clone(), id.clone());
                    return Err(PullThroughRuleRefusal::NotFound { prefix, registry }.into());
                };
                let login = Login {
                    credential: credential.as_deref(),
                    custom_role: custom_role.as_deref(),
                };
                require_fit(&before.upstream, login, &id).map_err(PullThroughRuleRefusal::from)?;
                let words = (login.credential, login.custom_role);
                tx.put_pull_through_credentials(&id, &prefix, words, now)?;
                let (credential, custom_role) = (credential.clone(), custom_role.clone());
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
}
