use super::ClientFailure;

/// Runs one conversation with a server to its end, on this thread.
pub(crate) fn run<T>(
    conversation: impl Future<Output = Result<T, ClientFailure>>,
) -> Result<T, ClientFailure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        ClientFailure::Settings(format!("the system does not let this process work: {error}"))
    })?;
    runtime.block_on(conversation)
}
