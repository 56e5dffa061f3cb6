use clap::ValueEnum;
use serde::Deserialize;

/// What encrypts bytes at rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// Longshore encrypts each object under its own key.
    Longshore,
    /// The storage below Longshore encrypts, or nothing does.
    Storage,
}

/// Whether clients are redirected to the object store for layers that it can serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Redirects {
    /// Redirect whenever the store has a URL for the layer.
    Auto,
    /// Send all bytes through this server.
    Never,
}

/// What the guard does with a request that the policies do not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enforcement {
    /// Refuse it.
    Enforce,
    /// Let it through, and log that it would be refused. Use this while you move clients here.
    Audit,
}

/// Whether calls are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audit {
    /// Refuse a call whose record cannot be kept.
    Required,
    /// Record calls, and serve them even if that fails; record how many are missing.
    BestEffort,
    /// Record no calls, only what the server does by itself.
    Off,
}

/// Format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text for people.
    Text,
    /// JSON for programs: one object per line.
    Json,
}
