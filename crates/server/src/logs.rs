//! The log on standard error. `docs/LOGGING.md` says what its fields are called.

use std::io::{IsTerminal as _, stderr};

use tracing_subscriber::EnvFilter;

use crate::config::{Config, ConfigError, LogFormat};

/// Starts logging, once.
pub fn start_logging(config: &Config) -> Result<(), ConfigError> {
    let filter = EnvFilter::try_new(&config.log)
        .map_err(|why| ConfigError::Log { filter: config.log.clone(), why })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    match format(config) {
        LogFormat::Text => builder.with_ansi(stderr().is_terminal()).init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}

/// The format of the log: the configured one, or the one that suits its reader.
fn format(config: &Config) -> LogFormat {
    let fitting = || if stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json };
    config.log_format.unwrap_or_else(fitting)
}

/// Shows the first steps: as text to people, and as one log line to programs.
pub(crate) fn guide(config: &Config, guide: &str) {
    match format(config) {
        LogFormat::Text => eprint!("{guide}"),
        LogFormat::Json => tracing::info!(guide, "serving"),
    }
}
