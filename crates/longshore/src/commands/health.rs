use std::process::ExitCode;

use clap::Args;
use server::config::{Config, Flags, Tls};

use super::{Outcome, variable};
use crate::client::{Itself, run};

const AFTER: &str = "\
Exit code 0: yes. 1: no. The command takes the same flags, variables and file as `serve`, so that it asks at the address \
where the server listens. If a container engine runs the check, configure the server with variables, which both commands \
then read.";

/// Asks the server on this machine whether it is alive.
#[derive(Args)]
#[command(after_help = AFTER)]
pub(crate) struct Health {
    /// Ask whether it is ready for requests instead. It is not ready while it starts or stops, or
    /// cannot reach its database
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
