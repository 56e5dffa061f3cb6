//! Reads and writes long documents without keeping the threads that serve from others.
//!
//! # Invariants
//! * A document longer than [`LONG`] takes about a millisecond or more. It is worked on in one of
//!   the few places of the process's workbench, in the order in which the requests came.

use iam::Workbench;

/// The most bytes of a document that is worked on at once, beside everything else.
const LONG: usize = 128 << 10;

/// The places.
pub(crate) struct LongWork(Workbench);

impl LongWork {
    pub(crate) fn new(bench: Workbench) -> Self {
        Self(bench)
    }

    /// Does work on a document of so many bytes.
    pub(crate) async fn run<T>(&self, bytes: usize, work: impl FnOnce() -> T) -> T {
        if bytes <= LONG { work() } else { self.0.run_here(work).await }
    }
}
