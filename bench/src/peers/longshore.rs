//! Longshore, as it starts on a fresh machine.

use std::path::Path;

use anyhow::{Result, ensure};

use super::launch::{Launch, Ready};
use super::recipe::{Door, Recipe};
use crate::ecr::AccessKey;

pub(super) const ACCESS_KEY_ID: &str = "AKIABENCHBENCHBENCH1";
pub(super) const SECRET_ACCESS_KEY: &str = "benchbenchbenchbenchbenchbenchbenchbench";

/// What encrypts data at rest.
#[derive(Clone, Copy)]
pub(super) enum Encryption {
    /// Longshore, which is the default.
    Longshore,
    /// The store, or nothing.
    Storage,
}

pub(super) fn recipe(binary: &Path, folder: &Path, encryption: Encryption) -> Result<Recipe> {
    ensure!(binary.exists(), "no binary at {}", binary.display());
    let mut environment = vec![
        ("LONGSHORE_ROOT_ACCESS_KEY_ID", ACCESS_KEY_ID.to_owned()),
        ("LONGSHORE_ROOT_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY.to_owned()),
    ];
    match encryption {
        Encryption::Longshore => {}
        Encryption::Storage => environment.push(("LONGSHORE_ENCRYPTION", "storage".to_owned())),
    }
    let launch = Launch {
        program: binary.canonicalize()?,
        arguments: vec![
            "serve".to_owned(),
            "--data".to_owned(),
            folder.join("data").display().to_string(),
            "--listen".to_owned(),
            "127.0.0.1:0".to_owned(),
        ],
        environment,
        ready: Ready::Prints,
        folder: folder.to_owned(),
    };
    Ok(Recipe {
        launch,
        before: Vec::new(),
        backing: None,
        door: Door::Longshore(root_key()),
        authorization: None,
    })
}

pub(super) fn root_key() -> AccessKey {
    AccessKey { id: ACCESS_KEY_ID.to_owned(), secret: SECRET_ACCESS_KEY.to_owned() }
}
