//! zot, on local files, open.
//!
//! It logs errors only, collects no garbage, looks for no duplicates, and syncs nothing to disk.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;

use super::launch::{Launch, Ready, free_address};
use super::recipe::{Door, Recipe, write_settings};

pub(super) fn recipe(binary: &Path, folder: &Path) -> Result<Recipe> {
    ensure!(binary.exists(), "no zot at {}", binary.display());
    let address = free_address()?;
    let settings = json!({
        "distSpecVersion": "1.1.1",
        "storage": {
            "rootDirectory": folder.join("data"),
            "commit": false,
            "dedupe": false,
            "gc": false,
        },
        "http": { "address": address.ip().to_string(), "port": address.port().to_string() },
        "log": { "level": "error" },
    });
    // It tells the format of its settings by the end of the name.
    let settings_path = folder.join("config.json");
    write_settings(&settings_path, &settings)?;
    let launch = Launch {
        program: binary.canonicalize()?,
        arguments: vec!["serve".to_owned(), settings_path.display().to_string()],
        environment: vec![("HOME", folder.display().to_string())],
        ready: Ready::Accepts(address),
        folder: folder.to_owned(),
    };
    Ok(Recipe {
        launch,
        before: Vec::new(),
        backing: None,
        door: Door::Registry,
        authorization: None,
    })
}
