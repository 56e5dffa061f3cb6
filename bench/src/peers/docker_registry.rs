//! Debian's `docker-registry`: the reference implementation, on local files or over S3.
//!
//! It logs errors only, keeps blob descriptors in memory, and syncs nothing to disk.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;

use super::backing::{BUCKET, S3_KEY_ID, S3_SECRET, Store};
use super::launch::{Launch, Ready, free_address};
use super::password;
use super::recipe::{Backing, Door, Recipe, write_settings};

const PROGRAM: &str = "/usr/bin/docker-registry";

/// Who may access it.
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
    Ok(Recipe { launch, before: Vec::new(), backing: None, door: Door::Registry, authorization })
}

/// The same, open, over an S3 server. Bytes go through it rather than by redirect, as through nodes
/// that encrypt.
pub(super) fn recipe_over_s3(s3: &Path, folder: &Path) -> Result<Recipe> {
    let mut recipe = recipe(folder, Access::Open)?;
    let store = Store::start(s3, folder)?;
    let Ready::Accepts(address) = recipe.launch.ready else { unreachable!("as set above") };
    let settings = json!({
        "version": "0.1",
        "log": { "level": "error", "accesslog": { "disabled": true } },
        "storage": {
            "s3": {
                "accesskey": S3_KEY_ID,
                "secretkey": S3_SECRET,
                "region": "us-east-1",
                "regionendpoint": format!("http://{}", store.address),
                "bucket": BUCKET,
                "secure": false,
                "v4auth": true,
            },
            "redirect": { "disable": true },
            "cache": { "blobdescriptor": "inmemory" },
            "delete": { "enabled": true },
            "maintenance": { "uploadpurging": { "enabled": false } },
        },
        "http": { "addr": address.to_string() },
    });
    write_settings(&folder.join("config.yml"), &settings)?;
    recipe.backing = Some(Backing { database: None, store });
    Ok(recipe)
}
