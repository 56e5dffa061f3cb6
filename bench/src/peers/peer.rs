//! One server under measurement, whichever it is.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::docker_registry::{self, Access};
use super::launch::{Launch, Running};
use super::longshore::{self, Encryption};
use super::nginx;
use crate::content::{Image, Layer};
use crate::ecr::{AccessKey, Ecr};
use crate::oci::Entrance;

/// The one repository that every workload uses.
pub(crate) const REPOSITORY: &str = "bench/app";

/// Which server, and in which set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Who {
    /// As it starts with nothing set: encrypted, durable.
    Longshore,
    /// With encryption left to the store.
    LongshoreStorage,
    /// Debian's, with a password file (bcrypt, lowest cost; it is computed for each request).
    DockerRegistry,
    /// Debian's, open to everybody.
    DockerRegistryOpen,
    /// The same bytes as plain files.
    Nginx,
}

/// How a peer is filled.
pub(super) enum Door {
    /// A registry where repositories are made through the AWS API.
    Longshore(AccessKey),
    /// A registry where they come into being.
    Registry,
    /// A folder of files.
    Files(PathBuf),
}

/// What a peer's own file says about it.
pub(super) struct Recipe {
    pub(super) launch: Launch,
    pub(super) door: Door,
    pub(super) authorization: Option<String>,
}

/// A running server.
pub(crate) struct Peer {
    pub(crate) who: Who,
    recipe: Recipe,
    running: Option<Running>,
}

impl Who {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Longshore => "longshore",
            Self::LongshoreStorage => "longshore (storage)",
            Self::DockerRegistry => "docker-registry",
            Self::DockerRegistryOpen => "docker-registry (open)",
            Self::Nginx => "nginx",
        }
    }

    /// Whether things can be pushed to it.
    pub(crate) fn is_registry(self) -> bool {
        self != Self::Nginx
    }
}

impl Peer {
    /// Starts a server that holds nothing yet but, where that is needed, the repository.
    pub(crate) fn start(who: Who, longshore: &Path, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let recipe = match who {
            Who::Longshore => longshore::recipe(longshore, &folder, Encryption::Longshore)?,
            Who::LongshoreStorage => longshore::recipe(longshore, &folder, Encryption::Storage)?,
            Who::DockerRegistry => docker_registry::recipe(&folder, Access::Password)?,
            Who::DockerRegistryOpen => docker_registry::recipe(&folder, Access::Open)?,
            Who::Nginx => nginx::recipe(&folder)?,
        };
        let running = recipe.launch.start()?;
        let mut peer = Self { who, recipe, running: Some(running) };
        if let Some(ecr) = peer.ecr() {
            let token = wait(async {
                ecr.create_repository(REPOSITORY).await?;
                ecr.registry_authorization().await
            })?;
            peer.recipe.authorization = Some(token);
        }
        Ok(peer)
    }

    /// Ends the server.
    pub(crate) fn stop(&mut self) {
        self.running = None;
    }

    /// Starts it again on the same data; returns as soon as it says that it is ready.
    pub(crate) fn resume(&mut self) -> Result<()> {
        self.running = Some(self.recipe.launch.start()?);
        Ok(())
    }

    pub(crate) fn process(&self) -> u32 {
        self.running().process()
    }

    /// What is needed to open connections from elsewhere.
    pub(crate) fn entrance(&self) -> Entrance {
        let authorization = self.recipe.authorization.clone();
        Entrance { address: self.running().address, authorization }
    }

    /// The folder with its rows, if it has rows.
    pub(crate) fn data(&self) -> Option<PathBuf> {
        match &self.recipe.door {
            Door::Longshore(_) => Some(self.recipe.launch.folder.join("data")),
            Door::Registry | Door::Files(_) => None,
        }
    }

    /// The AWS door, if there is one.
    pub(crate) fn ecr(&self) -> Option<Ecr> {
        match &self.recipe.door {
            Door::Longshore(key) => Some(Ecr::new(self.running().address, key.clone())),
            Door::Registry | Door::Files(_) => None,
        }
    }

    /// Puts a layer there, in whatever way is natural.
    pub(crate) fn publish_layer(&self, layer: &Layer) -> Result<()> {
        if let Door::Files(root) = &self.recipe.door {
            let mut file = create(root, "blobs", &layer.digest)?;
            layer.write_to(&mut file)?;
            return Ok(file.flush()?);
        }
        wait(async { self.entrance().open().await?.push_layer(REPOSITORY, layer).await })
    }

    /// Puts an image there, with all its blobs.
    pub(crate) fn publish_image(&self, tag: &str, image: &Image) -> Result<()> {
        if let Door::Files(root) = &self.recipe.door {
            for layer in &image.layers {
                self.publish_layer(layer)?;
            }
            create(root, "blobs", &image.config_digest)?.write_all(&image.config)?;
            return Ok(create(root, "manifests", tag)?.write_all(&image.manifest)?);
        }
        wait(async { self.entrance().open().await?.push_image(REPOSITORY, tag, image).await })
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("measured only between start and stop")
    }
}

/// Runs a short errand to its end.
pub(crate) fn wait<T>(errand: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(errand)
}

/// A set-up file, as JSON, which YAML readers take too.
pub(super) fn write_settings(path: &Path, settings: &Value) -> Result<()> {
    fs::write(path, settings.to_string()).with_context(|| path.display().to_string())
}

fn create(root: &Path, kind: &str, name: &str) -> Result<BufWriter<File>> {
    if name.contains('/') {
        bail!("not a file's name: {name}");
    }
    let folder = root.join("v2").join(REPOSITORY).join(kind);
    fs::create_dir_all(&folder)?;
    Ok(BufWriter::with_capacity(1024 * 1024, File::create(folder.join(name))?))
}
