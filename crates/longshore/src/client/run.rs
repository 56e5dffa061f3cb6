use super::ClientFailure;

/// Runs one exchange with a server to its end, on this thread.
pub(crate) fn run<T>(
    conversation: impl Future<Output = Result<T, ClientFailure>>,
) -> Result<T, ClientFailure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        ClientFailure::Settings(format!("cannot start the asynchronous runtime: {error}"))
    })?;
    runtime.block_on(conversation)
}
