use std::process::ExitCode;

use clap::Args;
use server::config::{Config, Flags, Tls};

use super::{Outcome, variable};
use crate::client::{Itself, run};

const AFTER: &str = "\
Exit code 0 says yes. It takes the flags, variables and file of `serve`, so that it looks where that listens: set \
variables rather than flags where something else runs it, such as a container's engine.";

/// Asks the server on this machine whether it is alive.
#[derive(Args)]
#[command(after_help = AFTER)]
pub(crate) struct Health {
    /// Ask whether it is ready for requests instead: it is not while it starts, while it ends, and without its database
    #[arg(long)]
    ready: bool,
    #[command(flatten)]
    flags: Flags,
}

impl Health {
    pub(super) fn run(self) -> Outcome {
        let config = Config::settle(self.flags, &variable)?;
        let itself = Itself::listening_on(config.listen, config.tls != Tls::Off)?;
        let page = if self.ready { "/readyz" } else { "/healthz" };
        let (status, said) = run(itself.ask(page))?;
        println!("{said}");
        Ok(if status.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
