//! The rules of pull through caches.
//!
//! * A rule belongs to the registry, which the guard judges as a whole.
//! * A caller that names a role or a secret in a rule may pass on the one, and read the other.

mod create_pull_through_cache_rule;
mod delete_pull_through_cache_rule;
mod describe_pull_through_cache_rules;
mod rule;
mod update_pull_through_cache_rule;
mod validate_pull_through_cache_rule;

pub(in crate::doors::aws) use create_pull_through_cache_rule::CreatePullThroughCacheRule;
pub(in crate::doors::aws) use delete_pull_through_cache_rule::DeletePullThroughCacheRule;
pub(in crate::doors::aws) use describe_pull_through_cache_rules::DescribePullThroughCacheRules;
pub(in crate::doors::aws) use update_pull_through_cache_rule::UpdatePullThroughCacheRule;
pub(in crate::doors::aws) use validate_pull_through_cache_rule::ValidatePullThroughCacheRule;
