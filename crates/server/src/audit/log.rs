//! Calls that wait to be written down.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::mem::take;
use std::sync::Mutex;
use std::time::Duration;

use names::{AccountId, RegistryId, Timestamp};
use tokio::sync::Notify;

use super::call::Call;
use super::gap::Gap;
use crate::config::Audit;

/// The memory of waiting calls; of one account at most the half.
const BYTES_MAX: usize = 32 << 20;
/// Registries whose gaps are told apart at most: more are only in the log.
const GAPS_MAX: usize = 1_000;
/// With so many waiting, they are written at once.
const WRITE_AT: usize = 500;
/// How long calls wait at most.
const WRITE_EVERY: Duration = Duration::from_secs(2);

/// Calls that wait to be written down.
pub(crate) struct CallLog {
    mode: Audit,
    /// Tell reads that repeat from others.
    hashers: [RandomState; 2],
    waiting: Mutex<Waiting>,
    is_filling: Notify,
}

#[derive(Default)]
struct Waiting {
    calls: Vec<(Call, u64)>,
    /// Where reads that may repeat are in the list.
    repeating: HashMap<[u64; 2], usize>,
    bytes: usize,
    bytes_of: BTreeMap<AccountId, usize>,
    gaps: BTreeMap<RegistryId, Gap>,
}

/// What was waiting.
#[derive(Default)]
pub(super) struct Taken {
    /// Calls, and how often each was made.
    pub(super) calls: Vec<(Call, u64)>,
    pub(super) gaps: BTreeMap<RegistryId, Gap>,
}

impl CallLog {
    pub(crate) fn new(mode: Audit) -> Self {
        Self {
            mode,
            hashers: [RandomState::new(), RandomState::new()],
            waiting: Mutex::default(),
            is_filling: Notify::new(),
        }
    }

    /// Whether calls are recorded, and whether they must be.
    pub(crate) fn mode(&self) -> Audit {
        self.mode
    }

    /// Notes a call that has a record of its own.
    pub(crate) fn note(&self, call: Call) {
        if self.mode == Audit::Off {
            return;
        }
        let mut waiting = self.waiting.lock().expect("no thread panics while holding it");
        waiting.add(call, 1);
        self.wake(&waiting);
    }

    /// Notes a read. If the same was noted since calls were written last, it is counted there, and
    /// is not even made.
    pub(crate) fn note_repeating(&self, same: &impl Hash, call: impl FnOnce() -> Call) {
        if self.mode == Audit::Off {
            return;
        }
        let same = [0, 1].map(|hasher: usize| self.hashers[hasher].hash_one(same));
        let mut waiting = self.waiting.lock().expect("no thread panics while holding it");
        if let Some(at) = waiting.repeating.get(&same).copied() {
            waiting.calls[at].1 += 1;
            return;
        }
        drop(waiting);
        let call = call();
        let mut waiting = self.waiting.lock().expect("no thread panics while holding it");
        if let Some(at) = waiting.add(call, 1) {
            waiting.repeating.insert(same, at);
        }
        self.wake(&waiting);
    }

    fn wake(&self, waiting: &Waiting) {
        if waiting.calls.len() >= WRITE_AT {
            self.is_filling.notify_one();
        }
    }

    /// Waits until it is time to write.
    pub(crate) async fn until_due(&self) {
        let _ = tokio::time::timeout(WRITE_EVERY, self.is_filling.notified()).await;
    }

    /// Takes what is waiting.
    pub(super) fn take(&self) -> Taken {
        let mut waiting = self.waiting.lock().expect("no thread panics while holding it");
        let Waiting { calls, gaps, .. } = take(&mut *waiting);
        Taken { calls, gaps }
    }

    /// Counts calls whose records could not be written.
    pub(super) fn miss(&self, registry: RegistryId, missing: Gap) {
        let mut waiting = self.waiting.lock().expect("no thread panics while holding it");
        waiting.miss(registry, missing);
    }
}

impl Waiting {
    /// Adds a call, if there is room. Returns where it is.
    fn add(&mut self, call: Call, times: u64) -> Option<usize> {
        let weight = call.weight();
        let account = call.identity.account();
        let held = self.bytes_of.get(account).copied().unwrap_or(0);
        if self.bytes + weight > BYTES_MAX || held + weight > BYTES_MAX / 2 {
            self.miss(call.identity.registry(), Gap::of(times, call.at()));
            return None;
        }
        self.bytes += weight;
        self.bytes_of.insert(account.clone(), held + weight);
        self.calls.push((call, times));
        Some(self.calls.len() - 1)
    }

    fn miss(&mut self, registry: RegistryId, missing: Gap) {
        let Gap { missing, since, until } = missing;
        if let Some(gap) = self.gaps.get_mut(&registry) {
            *gap = gap.and(missing, since).and(0, until);
        } else if self.gaps.len() < GAPS_MAX {
            self.gaps.insert(registry, Gap { missing, since, until });
        }
    }
}

impl Taken {
    /// The gap that a call leaves.
    pub(super) fn gap(call: &Call, times: u64) -> (RegistryId, Gap) {
        let at: Timestamp = call.at();
        (call.identity.registry(), Gap::of(times, at))
    }
}

#[cfg(test)]
mod tests {
    use names::Uuid;

    use super::super::call::{Door, Identity};
    use super::super::told::Told;
    use super::*;
    use crate::guard::RequestFrom;
    use crate::guard::testing::root;
    use crate::request_id::RequestId;

    const OURS: &str = "111111111111";
    const THEIRS: &str = "222222222222";

    fn call(account: &str, second: i64, bytes: usize) -> Call {
        Call {
            identity: Identity::Caller(root(account)),
            from: RequestFrom {
                id: RequestId::from_random([1; 16]),
                at: Timestamp::from_seconds(second),
                address: None,
                is_secure: false,
                user_agent: None,
                referer: None,
            },
            door: Door::Api,
            source: "ecr.amazonaws.com",
            name: "BatchGetImage",
            read_only: true,
            subjects: Vec::new(),
            parameters: Told { document: Some("x".repeat(bytes).into()), ..Told::default() },
            answer: Told::default(),
            error: None,
            ids: [[1; 16], [2; 16]].map(Uuid::from_random),
        }
    }

    #[test]
    fn reads_that_repeat_are_one_until_they_are_written() {
        let log = CallLog::new(Audit::BestEffort);
        for _ in 0..3 {
            for same in ["a", "b"] {
                log.note_repeating(&same, || call(OURS, 1, 0));
            }
            log.note(call(OURS, 1, 0));
        }
        let times: Vec<u64> = log.take().calls.iter().map(|(_, times)| *times).collect();
        assert_eq!(times, [3, 3, 1, 1, 1], "others are not counted together");
        log.note_repeating(&"a", || call(OURS, 1, 0));
        assert_eq!(log.take().calls.len(), 1, "it is a new one after that");
    }

    #[test]
    fn an_account_that_floods_loses_its_own_records_and_they_are_counted() {
        let log = CallLog::new(Audit::BestEffort);
        for second in 0..1_000 {
            log.note(call(OURS, second, 100_000));
        }
        log.note(call(THEIRS, 7, 100));
        let Taken { calls, gaps } = log.take();
        let of = |account: &str| {
            calls.iter().filter(|(call, _)| call.identity.account().as_str() == account).count()
        };
        assert_eq!(of(THEIRS), 1);
        assert!((100..200).contains(&of(OURS)), "{}", of(OURS));
        let gaps: Vec<_> = gaps.into_iter().collect();
        let [(registry, gap)] = &gaps[..] else { panic!("one gap") };
        assert_eq!(registry.account.as_str(), OURS);
        assert_eq!(gap.missing, 1_000 - of(OURS) as u64);
        assert_eq!(gap.until, Timestamp::from_seconds(999));
    }

    #[test]
    fn nothing_waits_if_calls_are_not_recorded() {
        let log = CallLog::new(Audit::Off);
        log.note(call(OURS, 1, 0));
        log.note_repeating(&"a", || panic!("it is not made"));
        assert!(log.take().calls.is_empty());
    }
}
