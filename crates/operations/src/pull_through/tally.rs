//! How pulls of cached images ended on this node, rule by rule.
//!
//! There is a tally for each rule that was read, until a reading finds the rule gone: it is made
//! when a registry's rules are read, so a rule without pulls counts from zero.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use db::PullThroughCacheRule;
use names::{CachePrefix, RegistryId, RepositoryArn, UpstreamUrl};
use remote::UpstreamAddress;

use super::flight::held;
use crate::Operations;

/// Rules that are counted. Others are not, so that customers' rules cannot fill the memory.
const RULES_MAX: usize = 10_000;

/// How pulls through one rule ended since this node knows the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachePulls {
    /// The registry of the rule.
    pub registry: RegistryId,
    /// Its prefix.
    pub prefix: CachePrefix,
    /// Manifests that were here.
    pub hits: u64,
    /// Manifests that had to be fetched, or to be looked for, upstream.
    pub misses: u64,
    /// Manifests that were here and could not be checked.
    pub stale: u64,
    /// Bytes of layers that were fetched.
    pub fetched_bytes: u64,
    /// Bytes of layers that were here when clients asked for them.
    pub saved_bytes: u64,
    /// How many requests upstream said last to be left, if it did.
    pub remaining: Option<u64>,
}

/// The numbers of one rule.
pub(super) struct Tally {
    upstream: UpstreamUrl,
    pub(super) hits: AtomicU64,
    pub(super) misses: AtomicU64,
    pub(super) stale: AtomicU64,
    pub(super) fetched_bytes: AtomicU64,
    saved_bytes: AtomicU64,
}

impl Tally {
    fn new(upstream: &UpstreamUrl) -> Self {
        Self {
            upstream: upstream.clone(),
            hits: AtomicU64::default(),
            misses: AtomicU64::default(),
            stale: AtomicU64::default(),
            fetched_bytes: AtomicU64::default(),
            saved_bytes: AtomicU64::default(),
        }
    }
}

/// The numbers of all rules.
#[derive(Default)]
pub(crate) struct Tallies(Mutex<HashMap<RegistryId, HashMap<CachePrefix, Arc<Tally>>>>);

impl Tallies {
    /// Those of a registry are those of these rules.
    pub(super) fn know(&self, registry: &RegistryId, rules: &[Arc<PullThroughCacheRule>]) {
        let mut all = held(&self.0);
        let mut known = all.remove(registry).unwrap_or_default();
        let left = RULES_MAX.saturating_sub(all.values().map(HashMap::len).sum());
        let mut kept = HashMap::new();
        for rule in rules.iter().take(left) {
            let before = known.remove(&rule.prefix).filter(|it| it.upstream == rule.upstream);
            let tally = before.unwrap_or_else(|| Arc::new(Tally::new(&rule.upstream)));
            kept.insert(rule.prefix.clone(), tally);
        }
        if !kept.is_empty() {
            all.insert(registry.clone(), kept);
        }
    }

    /// Those of a rule, if it is counted.
    pub(super) fn of(&self, registry: &RegistryId, prefix: &CachePrefix) -> Option<Arc<Tally>> {
        held(&self.0).get(registry)?.get(prefix).cloned()
    }
}

impl Operations {
    /// How pulls of cached images ended, by rule.
    pub fn cache_pulls(&self) -> Vec<CachePulls> {
        let mut pulls = Vec::new();
        for (registry, rules) in &*held(&self.fetches.tallies.0) {
            for (prefix, tally) in rules {
                pulls.push(self.cache_pulls_of(registry, prefix, tally));
            }
        }
        let place = |it: &CachePulls| (it.registry.clone(), it.prefix.as_str().to_owned());
        pulls.sort_by_cached_key(place);
        pulls
    }

    fn cache_pulls_of(
        &self,
        registry: &RegistryId,
        prefix: &CachePrefix,
        tally: &Tally,
    ) -> CachePulls {
        let Tally { upstream, hits, misses, stale, fetched_bytes, saved_bytes } = tally;
        let address = UpstreamAddress::parse(&upstream.base());
        let client = self.upstreams.as_ref().map(|upstreams| upstreams.client());
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        CachePulls {
            registry: registry.clone(),
            prefix: prefix.clone(),
            hits: count(hits),
            misses: count(misses),
            stale: count(stale),
            fetched_bytes: count(fetched_bytes),
            saved_bytes: count(saved_bytes),
            remaining: address.and_then(|address| client?.least_remaining(&address)),
        }
    }

    /// Counts bytes of a layer that was here, if a rule fills the repository. What cannot be found
    /// out is not counted: the layer is sent all the same.
    pub async fn note_saved_bytes(&self, arn: &RepositoryArn, bytes: u64) {
        let Ok(Some(rule)) = self.find_pull_through_rule_for(arn).await else { return };
        self.count(&rule, &arn.registry, |tally| &tally.saved_bytes, bytes);
    }

    /// Adds to a number of a rule.
    pub(super) fn count(
        &self,
        rule: &PullThroughCacheRule,
        registry: &RegistryId,
        counter: fn(&Tally) -> &AtomicU64,
        more: u64,
    ) {
        if let Some(tally) = self.fetches.tallies.of(registry, &rule.prefix) {
            counter(&tally).fetch_add(more, Ordering::Relaxed);
        }
    }
}
