//! The work of a decision, counted in steps, so that it has the same bound on every machine.
//!
//! # Invariants
//! * A step takes about the same time everywhere: one tried character of a pattern, or sixteen
//!   bytes compared at once.
//! * Once all steps are used up, matchers return at once, and their result means nothing. Their
//!   callers check [`Work::is_done`] before they trust a statement.

use std::cell::Cell;

/// The steps of one decision. Policies that reach IAM's quotas take a fifth of them; all of them
/// take about a millisecond.
pub const DECISION_STEPS_MAX: usize = 500_000;

/// How many bytes are compared in one step, if they are compared at once.
const BYTES_PER_STEP: usize = 16;

/// The remaining steps of a decision.
#[derive(Debug)]
pub struct Work {
    max: usize,
    left: Cell<usize>,
    is_done: Cell<bool>,
}

impl Work {
    /// The work of one decision.
    pub fn of_decision() -> Self {
        Self::of(DECISION_STEPS_MAX)
    }

    /// So many steps.
    pub fn of(max: usize) -> Self {
        Self { max, left: Cell::new(max), is_done: Cell::new(false) }
    }

    /// Were more steps needed than there are?
    pub fn is_done(&self) -> bool {
        self.is_done.get()
    }

    /// How many steps were taken.
    pub fn steps(&self) -> usize {
        self.max - self.left.get()
    }

    /// Takes steps. `false` if there are not enough left.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        if let Some(left) = self.left.get().checked_sub(steps) {
            self.left.set(left);
        } else {
            self.left.set(0);
            self.is_done.set(true);
        }
        !self.is_done.get()
    }

    /// Takes the steps of comparing this many bytes at once.
    pub(crate) fn spend_on_bytes(&self, bytes: usize) -> bool {
        self.spend(1 + bytes / BYTES_PER_STEP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_is_done_stays_done() {
        let work = Work::of(3);
        assert!(work.spend(3), "there are three");
        assert!(!work.is_done());
        assert!(!work.spend(1));
        assert!(work.is_done());
        assert!(!work.spend(0), "and no more");
        assert_eq!(work.steps(), 3);
    }
}
