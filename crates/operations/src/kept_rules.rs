//! Rules of registries that were read a moment ago, of any kind.
//!
//! # Invariants
//! * A change by this process holds at once, one by another node within two seconds.
//! * What was read before a change is not kept after it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use names::{RegistryId, Timestamp};

/// How long rules that were read are used. A change by another node holds within two seconds.
const BELIEF: Duration = Duration::from_millis(1_500);

/// The most registries whose rules are kept.
const KEPT_MAX: usize = 16_384;

/// Rules that were read a moment ago.
pub(crate) struct KeptRules<T>(Mutex<All<T>>);

struct All<T> {
    of: HashMap<RegistryId, (Timestamp, Arc<T>)>,
    /// How often rules were changed here.
    changes: u64,
}

impl<T> Default for KeptRules<T> {
    fn default() -> Self {
        Self(Mutex::new(All { of: HashMap::new(), changes: 0 }))
    }
}

impl<T> KeptRules<T> {
    /// No thread leaves it half changed.
    fn all(&self) -> MutexGuard<'_, All<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// After a change.
    pub(crate) fn forget(&self, registry: &RegistryId) {
        let mut all = self.all();
        all.changes += 1;
        all.of.remove(registry);
    }

    /// What is young enough; and how many changes there were.
    pub(crate) fn find(&self, registry: &RegistryId, now: Timestamp) -> (Option<Arc<T>>, u64) {
        let all = self.all();
        let found = all.of.get(registry).filter(|(at, _)| is_young(*at, now));
        (found.map(|(_, rules)| rules.clone()), all.changes)
    }

    pub(crate) fn keep(&self, registry: &RegistryId, now: Timestamp, changes: u64, rules: &Arc<T>) {
        let mut all = self.all();
        if all.changes != changes {
            return;
        }
        if all.of.len() >= KEPT_MAX {
            all.of.retain(|_, (at, _)| is_young(*at, now));
        }
        if all.of.len() < KEPT_MAX {
            all.of.insert(registry.clone(), (now, rules.clone()));
        }
    }
}

/// A clock that was set back makes nothing younger.
fn is_young(at: Timestamp, now: Timestamp) -> bool {
    at <= now && now < at.plus(BELIEF)
}
