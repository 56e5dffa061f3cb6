use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How hard long work in the background works.
#[derive(Debug, Clone, Default)]
pub enum Pace {
    /// Without a rest, where a caller waits for its end.
    #[default]
    Full,
    /// Callers hardly notice it. For floods of small jobs, and for a job that goes through a
    /// repository.
    Gentle(Arc<Gentle>),
}

/// The gentle work of a process. Its rests follow one another, so that all of it together works a
/// ninth of the time while callers are served, and half of the time while there are none.
#[derive(Debug)]
pub struct Gentle {
    callers: AtomicU64,
    rests: Mutex<Rests>,
}

#[derive(Debug)]
struct Rests {
    /// The end of the last one.
    until: Instant,
    /// When callers were last counted, and how many there had been.
    counted: (Instant, u64),
    callers_are_served: bool,
}

/// How much longer a rest is than the work before it, while callers are served.
const REST_FACTOR: u32 = 8;

/// The longest rest after one piece of work.
const REST_MAX: Duration = Duration::from_secs(1);

/// How often callers are counted.
const COUNT_INTERVAL: Duration = Duration::from_secs(1);

/// Fewer requests in a second are those of machines that look at metrics and health.
const CALLERS_MIN: u64 = 5;

impl Pace {
    /// The pace of one process.
    pub fn gentle() -> Self {
        Self::Gentle(Arc::new(Gentle::begin(Instant::now())))
    }

    /// Counts a caller's request.
    pub fn count_caller(&self) {
        if let Self::Gentle(gentle) = self {
            gentle.callers.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Rests after work that took so long.
    pub async fn rest(&self, worked: Duration) {
        if let Self::Gentle(gentle) = self {
            tokio::time::sleep_until(gentle.end_of_rest(worked, Instant::now())).await;
        }
    }
}

impl Gentle {
    fn begin(now: Instant) -> Self {
        let rests = Rests { until: now, counted: (now, 0), callers_are_served: true };
        Self { callers: AtomicU64::new(0), rests: Mutex::new(rests) }
    }

    fn end_of_rest(&self, worked: Duration, now: Instant) -> Instant {
        let mut rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner);
        rests.count(self.callers.load(Ordering::Relaxed), now);
        let factor = if rests.callers_are_served { REST_FACTOR } else { 1 };
        rests.until = rests.until.max(now) + (worked * factor).min(REST_MAX);
        rests.until
    }
}

impl Rests {
    fn count(&mut self, callers: u64, now: Instant) {
        let (then, before) = self.counted;
        let passed = now.saturating_duration_since(then);
        if passed >= COUNT_INTERVAL {
            let served = callers.wrapping_sub(before);
            self.callers_are_served = served >= CALLERS_MIN * passed.as_secs();
            self.counted = (now, callers);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_follow_one_another_and_depend_on_callers() {
        #[rustfmt::skip]
        let cases = [
            // at    callers  worked  rests until  because
            (0,      0,       10,     80,          "callers were not counted yet"),
            (5,      0,       10,     160,         "after the other's rest"),
            (200,    0,       10,     280,         "all rests are over"),
            (2_000,  0,       10,     2_010,       "no caller came for two seconds"),
            (2_000,  100,     10,     2_020,       "callers are counted once a second"),
            (3_000,  0,       10,     3_080,       "a hundred called within a second"),
            (4_100,  3,       10,     4_110,       "three a second look at metrics"),
            (5_200,  100,     9_000,  6_200,       "no rest is longer"),
        ];
        let began = Instant::now();
        let gentle = Gentle::begin(began);
        for (at, callers, worked, until, because) in cases {
            let (at, worked) = (Duration::from_millis(at), Duration::from_millis(worked));
            gentle.callers.fetch_add(callers, Ordering::Relaxed);
            let end = gentle.end_of_rest(worked, began + at);
            assert_eq!(end - began, Duration::from_millis(until), "{because}");
        }
    }
}
