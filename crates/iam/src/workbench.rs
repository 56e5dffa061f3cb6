//! Runs work that takes a processor for longer than a millisecond, on separate threads, a few at a
//! time. So neither the threads that serve nor those that read rows wait for it.

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::{Failure, Fault};

/// Work of callers that request much of it waits for one of a few places.
pub(crate) struct Workbench(Semaphore);

impl Default for Workbench {
    /// Half of the processors: the rest serve requests.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Semaphore::new((processors / 2).max(1)))
    }
}

impl Workbench {
    /// Does the work, once there is a place for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.0.acquire().await.map_err(broken)?;
        let done = run_now(work).await;
        drop(place);
        done
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
}
