//! Supervised background work: the drain knows of every task.

use std::future::Future;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Everything that runs beside the accept loop.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tasks {
    running: TaskTracker,
    draining: CancellationToken,
}

impl Tasks {
    /// Starts work that the drain waits for.
    pub(crate) fn spawn<F>(&self, work: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.running.spawn(work)
    }

    /// Runs work to its end even if its caller goes away: a client that disconnects in the middle
    /// of an upload must not keep us from recording its progress.
    ///
    /// # Panics
    ///
    /// If the work panics.
    pub(crate) async fn finish<F>(&self, work: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.spawn(work).await.expect("work is cancelled only with the whole runtime")
    }

    /// Announces the shutdown.
    pub(crate) fn begin_draining(&self) {
        self.draining.cancel();
    }

    /// Is it?
    pub(crate) fn is_draining(&self) -> bool {
        self.draining.is_cancelled()
    }

    /// Waits until all work has ended.
    pub(crate) async fn drain(&self) {
        self.running.close();
        self.running.wait().await;
    }
}
