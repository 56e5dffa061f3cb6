//! The runtime of proxies and balancers: beside the tests, which wait on other threads.

use std::sync::LazyLock;

use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(2).enable_all().build().expect("threads can be had")
});

/// The runtime of tasks, for the life of this process.
pub(crate) fn runtime() -> &'static Runtime {
    &RUNTIME
}

/// A task that ends with this value, together with all that it started.
#[derive(Debug)]
pub(crate) struct Task(tokio::task::JoinHandle<()>);

impl Task {
    pub(crate) fn start(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(runtime().spawn(work))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}
