//! Clocks that a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use names::{Clock, Timestamp};

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

/// A clock that is ahead of a [`HandClock`], or behind it, and moves with it.
#[derive(Debug)]
pub struct SkewedClock {
    clock: Arc<HandClock>,
    ahead_micros: AtomicI64,
}

/// 2027-01-15T08:00:00Z: a moment like any other.
const START_SECONDS: i64 = 1_800_000_000;

impl HandClock {
    /// A clock that shows this time.
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_micros()))
    }

    /// Shows this time from now on.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_micros(), Ordering::SeqCst);
    }

    /// Lets so much time pass.
    pub fn forward(&self, time: Duration) {
        self.0.fetch_add(micros(time), Ordering::SeqCst);
    }
}

impl Default for HandClock {
    /// A clock with a time that does not matter to the test: always the same.
    fn default() -> Self {
        Self::at(Timestamp::from_seconds(START_SECONDS))
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

impl SkewedClock {
    /// A clock that follows another one, until it is set ahead or behind.
    pub fn beside(clock: Arc<HandClock>) -> Self {
        Self { clock, ahead_micros: AtomicI64::new(0) }
    }

    /// Is so far ahead of the other from now on.
    pub fn set_ahead(&self, by: Duration) {
        self.ahead_micros.store(micros(by), Ordering::SeqCst);
    }

    /// Is so far behind the other from now on.
    pub fn set_behind(&self, by: Duration) {
        self.ahead_micros.store(-micros(by), Ordering::SeqCst);
    }
}

impl Clock for SkewedClock {
    fn now(&self) -> Timestamp {
        let ahead = self.ahead_micros.load(Ordering::SeqCst);
        Timestamp::from_micros(self.clock.now().as_micros() + ahead)
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).expect("no test lasts for ages")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_clock_moves_when_it_is_moved_and_a_skewed_one_with_it() {
        let clock = Arc::new(HandClock::default());
        let skewed = SkewedClock::beside(Arc::clone(&clock));
        assert_eq!(clock.now(), Timestamp::from_seconds(START_SECONDS));
        assert_eq!(skewed.now(), clock.now());
        let minute = Duration::from_mins(1);
        skewed.set_ahead(minute);
        clock.forward(minute);
        assert_eq!(clock.now(), Timestamp::from_seconds(START_SECONDS + 60));
        assert_eq!(skewed.now(), clock.now().plus(minute));
        skewed.set_behind(minute);
        clock.set(Timestamp::from_seconds(5));
        assert_eq!(clock.now(), Timestamp::from_seconds(5));
        assert_eq!(skewed.now(), clock.now().minus(minute));
    }
}
