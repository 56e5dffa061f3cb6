//! Reads and writes long documents without keeping the threads that serve from others.
//!
//! # Invariants
//! * A document longer than [`LONG`] takes about a millisecond or more. It is worked on in one of a few
//!   places, half as many as there are processors, in the order in which the requests came.
//! * While it is, other tasks of its thread move to another thread.

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Semaphore;
use tokio::task::block_in_place;

/// The most bytes of a document that is worked on at once, beside everything else.
const LONG: usize = 128 << 10;

/// The places.
pub(crate) struct LongWork(Semaphore);

impl Default for LongWork {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Semaphore::new((processors / 2).max(1)))
    }
}

impl LongWork {
    /// Does work on a document of so many bytes.
    pub(crate) async fn run<T>(&self, bytes: usize, work: impl FnOnce() -> T) -> T {
        if bytes <= LONG {
            return work();
        }
        // Nothing closes it.
        let _place = self.0.acquire().await;
        match Handle::current().runtime_flavor() {
            RuntimeFlavor::MultiThread => block_in_place(work),
            _ => work(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::task::yield_now;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn long_work_does_not_keep_the_only_thread() {
        let (told, heard) = std::sync::mpsc::channel();
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(async move {
            let patience = Duration::from_secs(30);
            let wait = move || heard.recv_timeout(patience);
            let heard = LongWork::default().run(LONG + 1, wait).await;
            heard.expect("the other task runs while this one works");
        });
        tasks.spawn(async move {
            yield_now().await;
            told.send(()).unwrap();
        });
        while let Some(ended) = tasks.join_next().await {
            ended.unwrap();
        }
    }

    #[tokio::test]
    async fn one_thread_alone_works_too() {
        assert_eq!(LongWork::default().run(LONG + 1, || 1).await, 1);
        assert_eq!(LongWork::default().run(LONG, || 2).await, 2);
    }
}
