use std::process::ExitCode;

use clap::Args;
use server::config::{Config, ConfigError, Flags};
use tokio::signal::unix::{SignalKind, signal};

use super::Outcome;

/// Serves until SIGTERM or SIGINT. With nothing set: data in ./longshore-data, http://127.0.0.1:5050,
/// account 123456789012, Region us-east-1. `LONGSHORE_ROOT_ACCESS_KEY_ID` and
/// `LONGSHORE_ROOT_SECRET_ACCESS_KEY` choose the root access key; otherwise one is made.
#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    flags: Flags,
}

impl Serve {
    pub(super) fn run(self) -> Outcome {
        let config = Config::settle(self.flags, root_key()?)?;
        server::start_logging(&config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let stop = stop_signal()?;
            server::serve(config, stop).await?;
            Ok(ExitCode::SUCCESS)
        })
    }
}

/// The root access key that the environment chooses: both halves or none.
#[expect(clippy::disallowed_methods, reason = "secrets have no flags, so clap does not read them")]
fn root_key() -> Result<Option<(String, String)>, ConfigError> {
    const ID: &str = "LONGSHORE_ROOT_ACCESS_KEY_ID";
    const SECRET: &str = "LONGSHORE_ROOT_SECRET_ACCESS_KEY";
    let refuse = |why: &str| Err(ConfigError(why.to_owned()));
    match (std::env::var(ID).ok(), std::env::var(SECRET).ok()) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => {
            let fits = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
            if !(16..=128).contains(&id.len()) || !fits(&id) {
                return refuse("LONGSHORE_ROOT_ACCESS_KEY_ID must be 16 to 128 letters and digits");
            }
            if !(16..=128).contains(&secret.len()) || !secret.bytes().all(|b| b.is_ascii_graphic())
            {
                return refuse(
                    "LONGSHORE_ROOT_SECRET_ACCESS_KEY must be 16 to 128 visible characters",
                );
            }
            Ok(Some((id, secret)))
        }
        _ => refuse(
            "LONGSHORE_ROOT_ACCESS_KEY_ID and LONGSHORE_ROOT_SECRET_ACCESS_KEY are set together or not at all",
        ),
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
