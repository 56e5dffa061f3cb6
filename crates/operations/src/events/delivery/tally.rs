use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use names::Timestamp;

/// How deliveries ended since the start, and what waits.
#[derive(Debug, Default)]
pub(crate) struct EventTally {
    pub(crate) delivered: AtomicU64,
    pub(crate) by_target: Mutex<BTreeMap<String, FailedDeliveries>>,
    /// Since when the oldest of what is due has been due, when that was last measured.
    pub(crate) overdue_since: Mutex<Option<Timestamp>>,
}

/// Deliveries to one target that failed since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FailedDeliveries {
    /// Tries that failed, these included.
    pub tries: u64,
    /// Dead letters.
    pub dead: u64,
}

/// Targets that are counted by their names. More are counted together.
const TARGETS_MAX: usize = 100;

/// Stands for the others.
const OTHERS: &str = "others";

impl EventTally {
    pub(crate) fn delivered(&self) {
        self.delivered.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn failed(&self, target: &str, is_dead: bool) {
        let mut by_target = self.by_target.lock().unwrap_or_else(PoisonError::into_inner);
        let is_counted = by_target.len() < TARGETS_MAX || by_target.contains_key(target);
        let counts = by_target.entry((if is_counted { target } else { OTHERS }).to_owned());
        let counts = counts.or_default();
        counts.tries += 1;
        counts.dead += u64::from(is_dead);
    }
}
