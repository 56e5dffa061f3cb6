//! How to run a peer: each writes its own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::backing::{Database, Store};
use super::launch::Launch;
use crate::ecr::AccessKey;

/// How a peer is filled.
pub(super) enum Door {
    /// A registry whose repositories are created through the AWS API.
    Longshore(AccessKey),
    /// A registry whose repositories are created by a push.
    Registry,
    /// A folder of files.
    Files(PathBuf),
    /// The limit program, which is told to make its objects.
    Limit,
}

/// How to run a peer, from its own file.
pub(super) struct Recipe {
    /// The one that clients speak to.
    pub(super) launch: Launch,
    /// Those behind it, which start before it.
    pub(super) before: Vec<Launch>,
    pub(super) backing: Option<Backing>,
    pub(super) door: Door,
    pub(super) authorization: Option<String>,
}

/// The servers that keep rows and bytes, for peers that do not.
pub(super) struct Backing {
    pub(super) database: Option<Database>,
    pub(super) store: Store,
}

/// A settings file, as JSON, which YAML readers also accept.
pub(super) fn write_settings(path: &Path, settings: &Value) -> Result<()> {
    fs::write(path, settings.to_string()).with_context(|| path.display().to_string())
}
