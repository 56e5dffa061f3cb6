//! Supervised background work: nothing runs that the drain does not know of.

use std::future::Future;

use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

/// Everything that runs beside the accept loop.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tasks(TaskTracker);

impl Tasks {
    /// Starts work that the drain waits for.
    pub(crate) fn spawn<F>(&self, work: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.0.spawn(work)
    }

    /// Runs work to its end even if whoever waits for it goes away: a client that hangs up in the middle
    /// of an upload must not keep us from writing down how far it came.
    ///
    /// # Panics
    /// If the work panics.
    pub(crate) async fn finish<F>(&self, work: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.spawn(work).await.expect("work is cancelled only with the whole runtime")
    }

    /// Waits until all work has ended.
    pub(crate) async fn drain(&self) {
        self.0.close();
        self.0.wait().await;
    }
}
