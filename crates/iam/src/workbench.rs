//! Runs work that takes a processor for longer than a millisecond, a few at a time, so that neither
//! the threads that serve nor those that read rows wait for it.
//!
//! # Invariants
//! * A process has one workbench. Its clones share the places, half as many as there are
//!   processors: the other half serves, whatever the long work is.
//! * Work gets its place in the order in which it was requested.

use std::sync::Arc;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Semaphore;
use tokio::task::{block_in_place, spawn_blocking};

use crate::{Failure, Fault};

/// The places for long work.
#[derive(Clone)]
pub struct Workbench(Arc<Semaphore>);

impl Default for Workbench {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new((processors / 2).max(1))))
    }
}

impl Workbench {
    /// Does the work on a separate thread, once there is a place for it.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.0.acquire().await.map_err(broken)?;
        let done = run_now(work).await;
        drop(place);
        done
    }

    /// Does work that borrows, once there is a place for it. While it runs, the other tasks of its
    /// thread move to another thread.
    pub async fn run_here<T>(&self, work: impl FnOnce() -> T) -> T {
        // Nothing closes the semaphore.
        let _place = self.0.acquire().await;
        match Handle::current().runtime_flavor() {
            RuntimeFlavor::MultiThread => block_in_place(work),
            _ => work(),
        }
    }
}

/// Does work of a few milliseconds without waiting for a place: work that every request may need.
pub(crate) async fn run_now<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    spawn_blocking(work).await.map_err(broken)
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure::Fault(Fault::Broken(error.into()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::task::{JoinSet, yield_now};

    use super::*;

    #[tokio::test]
    async fn long_work_does_not_keep_a_thread_that_serves() {
        let bench = Workbench::default();
        let long = bench.run(|| std::thread::sleep(Duration::from_secs(2)));
        let short = tokio::time::sleep(Duration::from_millis(1));
        tokio::select! {
            _ = long => panic!("the test has one thread, and the work kept it"),
            () = short => {}
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn work_that_borrows_does_not_keep_the_only_thread() {
        let (told, heard) = std::sync::mpsc::channel();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let patience = Duration::from_secs(30);
            let wait = move || heard.recv_timeout(patience);
            let heard = Workbench::default().run_here(wait).await;
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
    async fn work_that_borrows_runs_where_there_is_one_thread_alone() {
        assert_eq!(Workbench::default().run_here(|| 1).await, 1);
    }

    #[tokio::test]
    async fn clones_share_the_places() {
        let bench = Workbench::default();
        let mut taken = Vec::new();
        while let Ok(place) = bench.0.clone().try_acquire_owned() {
            taken.push(place);
        }
        let other = bench.clone();
        let waiting = tokio::time::timeout(Duration::from_millis(50), other.run_here(|| ()));
        assert!(waiting.await.is_err(), "every place is taken");
        drop(taken);
        other.run_here(|| ()).await;
    }
}
