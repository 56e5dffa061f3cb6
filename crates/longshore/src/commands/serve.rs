use std::process::ExitCode;

use clap::Args;
use server::config::{Config, Flags};
use tokio::signal::unix::{SignalKind, signal};

use super::{Outcome, variable};

const AFTER: &str = "\
Serves until SIGTERM or SIGINT. Defaults: data in ./longshore-data, http://127.0.0.1:5050, account 123456789012, Region \
us-east-1.

LONGSHORE_ROOT_ACCESS_KEY_ID and LONGSHORE_ROOT_SECRET_ACCESS_KEY set the root access key. Without them the server makes \
one and keeps it in the data folder. Nodes that share a database need both variables until the database holds a key.";

/// Serves the registry.
#[derive(Args)]
#[command(after_help = AFTER)]
pub(crate) struct Serve {
    #[command(flatten)]
    flags: Flags,
}

impl Serve {
    pub(super) fn run(self) -> Outcome {
        let config = Config::settle(self.flags, &variable)?;
        server::start_logging(&config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let stop = stop_signal()?;
            server::serve(config, stop).await?;
            Ok(ExitCode::SUCCESS)
        })
    }
}

fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
