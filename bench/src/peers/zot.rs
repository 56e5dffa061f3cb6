//! zot, built without extensions.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;

use super::launch::{Launch, Ready, free_address};
use super::password;
use super::peer::{Door, Recipe, write_settings};

pub(super) fn recipe(binary: &Path, folder: &Path) -> Result<Recipe> {
    ensure!(binary.exists(), "no binary at {}", binary.display());
    let address = free_address()?;
    let passwords = folder.join("htpasswd");
    fs::write(&passwords, password::bcrypt_line())?;
    let settings = json!({
        "storage": { "rootDirectory": folder.join("data"), "gc": false },
        "http": {
            "address": address.ip(),
            "port": address.port().to_string(),
            "auth": { "htpasswd": { "path": passwords } },
        },
        "log": { "level": "error" },
    });
    let settings_path = folder.join("config.json");
    write_settings(&settings_path, &settings)?;
    let launch = Launch {
        program: binary.canonicalize()?,
        arguments: vec!["serve".to_owned(), settings_path.display().to_string()],
        environment: Vec::new(),
        ready: Ready::Accepts(address),
        folder: folder.to_owned(),
    };
    Ok(Recipe { launch, door: Door::Registry, authorization: Some(password::authorization()) })
}
