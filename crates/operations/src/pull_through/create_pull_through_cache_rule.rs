//! CreatePullThroughCacheRule.

use db::PullThroughCacheRule;
use names::{CachePrefix, RegistryId, UpstreamAccess, UpstreamRegistry, UpstreamUrl};

use super::RULES_MAX;
use super::login::{Login, require_fit};
use super::refusal::{PullThroughRuleRefusal, UnsupportedUpstream};
use crate::{Failure, InvalidParameter, Operations};

/// A rule that is to be made.
#[derive(Debug, Clone)]
pub struct NewPullThroughCacheRule {
    /// Which repositories it fills.
    pub prefix: CachePrefix,
    /// From where.
    pub upstream: UpstreamUrl,
    /// The registry that is meant, if it is named.
    pub entered: Option<UpstreamRegistry>,
    /// Under which prefix the repositories are there.
    pub upstream_prefix: Option<CachePrefix>,
    /// The ARN of the secret with the user and the access token.
    pub credential: Option<String>,
    /// The ARN of the role that another registry of ECR trusts.
    pub custom_role: Option<String>,
}

impl Operations {
    /// Makes a rule for the repositories under a prefix.
    pub async fn create_pull_through_cache_rule(
        &self,
        registry: &RegistryId,
        new: NewPullThroughCacheRule,
    ) -> Result<PullThroughCacheRule, Failure> {
        require_sense(&new, registry)?;
        self.require_secret(new.credential.as_deref(), registry).await?;
        let NewPullThroughCacheRule {
            prefix,
            upstream,
            entered: _,
            upstream_prefix,
            credential,
            custom_role,
        } = new;
        let (id, now) = (registry.clone(), self.now());
        let rule = PullThroughCacheRule {
            prefix,
            upstream,
            upstream_prefix,
            credential,
            custom_role,
            created_at: now,
            updated_at: now,
        };
        let made = self
            .db
            .write(move |tx| {
                let there = tx.list_pull_through_cache_rules(&id, None, RULES_MAX)?;
                let stem = rule.prefix.stem();
                if there.iter().any(|other| other.prefix.stem() == stem) {
                    let (prefix, registry) = (rule.prefix.clone(), id.clone());
                    return Err(PullThroughRuleRefusal::AlreadyExists { prefix, registry }.into());
                }
                if there.len() >= RULES_MAX as usize {
                    return Err(PullThroughRuleRefusal::TooMany { rules_max: RULES_MAX }.into());
                }
                tx.insert_pull_through_cache_rule(&id, &rule)?;
                Ok::<_, Failure>(rule.clone())
            })
            .await;
        self.pull_through_rules.forget(registry);
        made
    }
}

/// Requires what ECR requires of a rule by itself.
fn require_sense(new: &NewPullThroughCacheRule, registry: &RegistryId) -> Result<(), Failure> {
    let known = new.upstream.registry();
    // ECR does not look at the word for a registry that lets everyone in.
    let is_looked_at = new.upstream.access() != UpstreamAccess::Open;
    if is_looked_at && new.entered.is_some_and(|entered| known != Some(entered)) {
        return Err(PullThroughRuleRefusal::from(UnsupportedUpstream::OtherRegistry).into());
    }
    let (credential, custom_role) = (new.credential.as_deref(), new.custom_role.as_deref());
    require_fit(&new.upstream, Login { credential, custom_role }, registry)
        .map_err(PullThroughRuleRefusal::from)?;
    let is_under_root = new.prefix.is_root();
    if is_under_root && new.upstream_prefix.as_ref().is_some_and(|prefix| !prefix.is_root()) {
        let constraint = "must be ROOT if ecrRepositoryPrefix is ROOT".to_owned();
        return Err(InvalidParameter { path: "upstreamRepositoryPrefix", constraint }.into());
    }
    Ok(())
}
