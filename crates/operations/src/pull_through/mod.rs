//! Pull through caches: repositories that are filled from other registries.
//!
//! # Invariants
//! * A rule fills the repositories under its prefix. Of the rules whose prefix fits, the one with
//!   the longest is used, and the one for `ROOT` if no other fits.
//! * A rule has what its upstream registry asks for: credentials, a role, or neither.
//! * Without rules, a pull costs a look into memory.
//! * A rule's secret is read for each fetch, and for nothing else. Its value is in no log, refusal
//!   or `Debug`.
//!
//! # Who calls
//! The AWS door, for the rules; whatever answers pulls, for the rule of a repository.
//!
//! # On a crash
//! A rule is one row: it is there, or it is not.

pub(crate) mod create_pull_through_cache_rule;
mod credentials;
pub(crate) mod delete_pull_through_cache_rule;
pub(crate) mod describe_pull_through_cache_rules;
pub(crate) mod fetch_manifest;
mod flight;
pub(crate) mod freshness;
mod layer_body;
pub(crate) mod layer_fetch;
pub(crate) mod layer_follower;
mod login;
pub(crate) mod refusal;
pub(crate) mod rule_for;
mod store_image;
pub(crate) mod tally;
pub(crate) mod update_pull_through_cache_rule;
pub(crate) mod upstream_refusal;
pub(crate) mod upstreams;
pub(crate) mod validate_pull_through_cache_rule;

/// How many rules a registry has at most: ECR's quota.
const RULES_MAX: u32 = 50;
