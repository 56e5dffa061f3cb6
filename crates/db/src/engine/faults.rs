use std::sync::atomic::{AtomicI64, Ordering};

/// Faults that a test can order: the n-th commit from now fails. Costs one atomic read a commit.
#[derive(Debug, Default)]
pub struct Faults {
    commit: AtomicI64,
}

impl Faults {
    /// Lets the `nth` commit from now fail (1 is the next), with nothing written.
    pub fn fail_commit(&self, nth: u32) {
        self.commit.store(i64::from(nth), Ordering::SeqCst);
    }

    /// Cancels all ordered faults.
    pub fn clear(&self) {
        self.commit.store(0, Ordering::SeqCst);
    }

    pub(crate) fn strikes_commit(&self) -> bool {
        self.commit.load(Ordering::SeqCst) > 0 && self.commit.fetch_sub(1, Ordering::SeqCst) == 1
    }
}
