use std::sync::atomic::{AtomicI64, Ordering};

use crate::DbError;

/// Faults that a test can order: the n-th commit from now fails, or several lose a conflict. Costs
/// two atomic reads a commit.
#[derive(Debug, Default)]
pub struct Faults {
    commit: AtomicI64,
    conflicts: AtomicI64,
    before_conflicts: AtomicI64,
}

impl Faults {
    /// Lets the `nth` commit from now fail (1 is the next), with nothing written.
    pub fn fail_commit(&self, nth: u32) {
        self.commit.store(i64::from(nth), Ordering::SeqCst);
    }

    /// Lets as many commits end as if each attempt had lost a conflict, after some that do not.
    pub fn lose_commits(&self, after: u32, count: u32) {
        self.before_conflicts.store(i64::from(after), Ordering::SeqCst);
        self.conflicts.store(i64::from(count), Ordering::SeqCst);
    }

    /// Cancels all ordered faults.
    pub fn clear(&self) {
        self.commit.store(0, Ordering::SeqCst);
        self.conflicts.store(0, Ordering::SeqCst);
    }

    /// The failure of this commit, if one was ordered.
    pub(crate) fn strike_commit(&self) -> Option<DbError> {
        if self.commit.load(Ordering::SeqCst) > 0 && self.commit.fetch_sub(1, Ordering::SeqCst) == 1
        {
            return Some(DbError::Injected);
        }
        let is_lost = self.conflicts.load(Ordering::SeqCst) > 0
            && self.before_conflicts.fetch_sub(1, Ordering::SeqCst) <= 0
            && self.conflicts.fetch_sub(1, Ordering::SeqCst) > 0;
        is_lost.then_some(DbError::Conflict)
    }
}
