use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::StoreError;

/// Stops calling a store that does not answer: requests then fail at once, instead of each waiting
/// for its own timeout. After a pause one call may try; if it succeeds, all may.
#[derive(Debug)]
pub(super) struct Breaker {
    failures_max: u32,
    pause: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    resting_until: Option<Instant>,
}

impl Breaker {
    pub(super) fn new(failures_max: u32, pause: Duration) -> Self {
        Self { failures_max, pause, state: Mutex::default() }
    }

    /// Whether a call may be made now. The call that may try after a pause starts the next pause
    /// for all others.
    pub(super) fn admit(&self, now: Instant) -> Result<(), StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(until) = state.resting_until else { return Ok(()) };
        if now < until {
            let seconds = (until - now).as_secs() + 1;
            return Err(StoreError::Resting { failures: state.failures, seconds });
        }
        state.resting_until = Some(now + self.pause);
        Ok(())
    }

    pub(super) fn succeeded(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    pub(super) fn failed(&self, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures = state.failures.saturating_add(1);
        if state.failures >= self.failures_max {
            state.resting_until = Some(now + self.pause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_some_failures_in_a_row_one_call_at_a_time_may_try() {
        let (breaker, start) = (Breaker::new(3, Duration::from_secs(5)), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        breaker.failed(start);
        breaker.failed(start);
        breaker.succeeded();
        breaker.failed(start);
        breaker.failed(start);
        assert!(breaker.admit(start).is_ok(), "never three in a row");
        breaker.failed(start);
        let refused = breaker.admit(at(1));
        assert!(matches!(refused, Err(StoreError::Resting { failures: 3, seconds: 5 })));
        assert!(breaker.admit(at(5)).is_ok(), "one may try");
        assert!(breaker.admit(at(5)).is_err(), "but only one");
        breaker.failed(at(6));
        assert!(breaker.admit(at(10)).is_err(), "it failed, so the pause begins again");
        assert!(breaker.admit(at(11)).is_ok());
        breaker.succeeded();
        assert!(breaker.admit(at(11)).is_ok() && breaker.admit(at(11)).is_ok(), "all may");
    }
}
