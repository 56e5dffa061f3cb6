//! The limit program: this binary itself, under another name of its command line.

use std::path::Path;

use anyhow::Result;

use super::launch::{Launch, Ready};
use super::recipe::{Door, Recipe};

pub(super) fn recipe(folder: &Path) -> Result<Recipe> {
    let arguments = ["limit", "--data", &folder.join("objects").display().to_string()];
    let launch = Launch {
        program: std::env::current_exe()?,
        arguments: arguments.map(str::to_owned).into(),
        environment: Vec::new(),
        ready: Ready::Prints,
        folder: folder.to_owned(),
    };
    Ok(Recipe { launch, before: Vec::new(), backing: None, door: Door::Limit, authorization: None })
}
