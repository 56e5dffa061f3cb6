use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use names::Timestamp;

/// How long a cached row is trusted. A change by another node takes effect within two seconds; the
/// difference is for a running request.
const BELIEF: Duration = Duration::from_millis(1_500);

/// The most cached things of one kind. Only authenticated callers can fill it.
const KEPT_MAX: usize = 16_384;

/// Recently read things, by their subject.
pub(super) struct Kept<K, V>(RwLock<All<K, V>>);

struct All<K, V> {
    entries: HashMap<K, Entry<V>>,
    /// When entries that are too old were last dropped: their size is up to the caller.
    swept_at: Timestamp,
}

struct Entry<V> {
    value: Arc<V>,
    epoch: u64,
    read_at: Timestamp,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        let (entries, swept_at) = (HashMap::new(), Timestamp::from_seconds(0));
        Self(RwLock::new(All { entries, swept_at }))
    }
}

impl<K: Eq + Hash, V> Kept<K, V> {
    /// The cached value, if its epoch is current and it is not too old.
    pub(super) fn find<Q>(&self, key: &Q, epoch: u64, now: Timestamp) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let all = self.0.read().expect("no thread panics while holding it");
        let entry = all.entries.get(key)?;
        (entry.epoch == epoch && is_young(entry.read_at, now)).then(|| entry.value.clone())
    }

    /// Caches a value that was read after `epoch`.
    pub(super) fn keep(&self, key: K, epoch: u64, now: Timestamp, value: V) -> Arc<V> {
        let value = Arc::new(value);
        let mut all = self.0.write().expect("no thread panics while holding it");
        if !is_young(all.swept_at, now) {
            all.entries.retain(|_, entry| is_young(entry.read_at, now));
            all.swept_at = now;
        }
        if all.entries.len() >= KEPT_MAX {
            all.entries.clear();
        }
        all.entries.insert(key, Entry { value: value.clone(), epoch, read_at: now });
        value
    }
}

/// A clock that was set back makes nothing younger.
fn is_young(read_at: Timestamp, now: Timestamp) -> bool {
    read_at <= now && now < read_at.plus(BELIEF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_believed_for_a_while_and_within_its_epoch() {
        let now = Timestamp::from_seconds(1_800_000_000);
        let kept: Kept<&str, u8> = Kept::default();
        kept.keep("a", 7, now, 1);
        #[rustfmt::skip]
        let cases = [
            ("a", 7, now,                              true,  "just read"),
            ("a", 7, now.plus(BELIEF / 2),             true,  "a moment ago"),
            ("a", 7, now.plus(BELIEF),                 false, "too old"),
            ("a", 7, now.minus(Duration::from_secs(1)), false, "read in the future"),
            ("a", 8, now,                              false, "it has changed"),
            ("b", 7, now,                              false, "never read"),
        ];
        for (key, epoch, at, expected, because) in cases {
            assert_eq!(kept.find(key, epoch, at).is_some(), expected, "{because}");
        }
    }

    #[test]
    fn what_is_too_old_is_not_held() {
        let kept: Kept<u32, u32> = Kept::default();
        let start = Timestamp::from_seconds(1_000);
        for number in 0..100 {
            kept.keep(number, 1, start, number);
        }
        kept.keep(100, 1, start.plus(BELIEF), 100);
        assert_eq!(kept.0.read().unwrap().entries.len(), 1);
    }
}
