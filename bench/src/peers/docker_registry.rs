//! Debian's `docker-registry`: the reference implementation, on local files.
//!
//! It logs errors only, keeps blob descriptors in memory, and syncs nothing to disk.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;

use super::launch::{Launch, Ready, free_address};
use super::password;
use super::peer::{Door, Recipe, write_settings};

const PROGRAM: &str = "/usr/bin/docker-registry";

/// Who may come in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Password,
    Open,
}

pub(super) fn recipe(folder: &Path, access: Access) -> Result<Recipe> {
    let address = free_address()?;
    let mut settings = json!({
        "version": "0.1",
        "log": { "level": "error", "accesslog": { "disabled": true } },
        "storage": {
            "filesystem": { "rootdirectory": folder.join("data") },
            "cache": { "blobdescriptor": "inmemory" },
            "delete": { "enabled": true },
            "maintenance": { "uploadpurging": { "enabled": false } },
        },
        "http": { "addr": address.to_string() },
    });
    if access == Access::Password {
        let passwords = folder.join("htpasswd");
        fs::write(&passwords, password::bcrypt_line())?;
        settings["auth"] = json!({ "htpasswd": { "realm": "bench", "path": passwords } });
    }
    let settings_path = folder.join("config.yml");
    write_settings(&settings_path, &settings)?;
    let launch = Launch {
        program: PathBuf::from(PROGRAM),
        arguments: vec!["serve".to_owned(), settings_path.display().to_string()],
        environment: Vec::new(),
        ready: Ready::Accepts(address),
        folder: folder.to_owned(),
    };
    let authorization = (access == Access::Password).then(password::authorization);
    Ok(Recipe { launch, door: Door::Registry, authorization })
}
