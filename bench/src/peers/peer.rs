//! One server under measurement, whichever it is.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde::Serialize;

use super::backing::Database;
use super::cluster;
use super::docker_registry::{self, Access};
use super::launch::{Launch, Running};
use super::limit;
use super::longshore::{self, Encryption};
use super::nginx;
use super::recipe::{Door, Recipe};
use crate::content::{Image, Layer};
use crate::ecr::Ecr;
use crate::oci::{Entrance, Speech};

/// The one repository that every workload uses.
pub(crate) const REPOSITORY: &str = "bench/app";

/// Programs that are not at Debian's paths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Programs<'a> {
    pub(crate) longshore: &'a Path,
    /// versitygw.
    pub(crate) s3: &'a Path,
    pub(crate) zot: Option<&'a Path>,
}

/// Which server, and in which set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Who {
    /// As it starts with nothing set: encrypted, durable.
    Longshore,
    /// The same with the repository under a KMS key.
    LongshoreKms,
    /// With encryption left to the store.
    LongshoreStorage,
    /// Debian's, with a password file (bcrypt, lowest cost; it is computed for each request).
    DockerRegistry,
    /// Debian's, open to everyone.
    DockerRegistryOpen,
    /// The same bytes as plain files.
    Nginx,
    /// One node over PostgreSQL and S3.
    OneNode,
    /// The same with encryption left to the store: layers are pulled from the store itself.
    OneNodeStorage,
    /// Two, behind a balancer.
    TwoNodes,
    /// Three, behind a balancer.
    ThreeNodes,
    /// Debian's, open, over S3.
    DockerRegistryS3,
    /// zot, open, on local files; only where its binary is named.
    Zot,
    /// What hashing, sealing, writing, reading and sending the same bytes costs.
    Limit,
}

/// A running server.
pub(crate) struct Peer {
    pub(crate) who: Who,
    // In the order of their ends: the clients' server, those behind it, and then those that keep
    // rows and bytes.
    running: Option<Running>,
    behind: Vec<Running>,
    recipe: Recipe,
}

impl Who {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Longshore => "longshore",
            Self::LongshoreKms => "longshore (KMS)",
            Self::LongshoreStorage => "longshore (storage)",
            Self::DockerRegistry => "docker-registry",
            Self::DockerRegistryOpen => "docker-registry (open)",
            Self::Nginx => "nginx",
            Self::OneNode => "1 node",
            Self::OneNodeStorage => "1 node (storage)",
            Self::TwoNodes => "2 nodes",
            Self::ThreeNodes => "3 nodes",
            Self::DockerRegistryS3 => "docker-registry (S3)",
            Self::Zot => "zot",
            Self::Limit => "the limit",
        }
    }

    /// Whether it speaks the whole protocol.
    pub(crate) fn is_registry(self) -> bool {
        !matches!(self, Self::Nginx | Self::Limit)
    }

    /// Whether it is a set-up of Longshore, which is compared with the others.
    pub(crate) fn is_longshore(self) -> bool {
        let is_embedded =
            matches!(self, Self::Longshore | Self::LongshoreKms | Self::LongshoreStorage);
        is_embedded || self.is_cluster()
    }

    /// Whether it keeps rows or bytes on other servers.
    pub(crate) fn is_backed(self) -> bool {
        self.is_cluster() || self == Self::DockerRegistryS3
    }

    /// Whether it is Longshore over PostgreSQL and S3.
    pub(crate) fn is_cluster(self) -> bool {
        match self {
            Self::OneNode | Self::OneNodeStorage | Self::TwoNodes | Self::ThreeNodes => true,
            Self::Longshore
            | Self::LongshoreKms
            | Self::LongshoreStorage
            | Self::DockerRegistry
            | Self::DockerRegistryOpen
            | Self::Nginx
            | Self::DockerRegistryS3
            | Self::Zot
            | Self::Limit => false,
        }
    }
}

impl Peer {
    /// Starts an empty server, with the repository if it needs one.
    pub(crate) fn start(who: Who, programs: Programs<'_>, folder: &Path) -> Result<Self> {
        let Programs { longshore, s3, zot } = programs;
        fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let recipe = match who {
            Who::Longshore | Who::LongshoreKms => {
                longshore::recipe(longshore, &folder, Encryption::Longshore)?
            }
            Who::LongshoreStorage => longshore::recipe(longshore, &folder, Encryption::Storage)?,
            Who::DockerRegistry => docker_registry::recipe(&folder, Access::Password)?,
            Who::DockerRegistryOpen => docker_registry::recipe(&folder, Access::Open)?,
            Who::Nginx => nginx::recipe(&folder)?,
            Who::OneNode => cluster::recipe(longshore, s3, &folder, 1, Encryption::Longshore)?,
            Who::OneNodeStorage => cluster::recipe(longshore, s3, &folder, 1, Encryption::Storage)?,
            Who::TwoNodes => cluster::recipe(longshore, s3, &folder, 2, Encryption::Longshore)?,
            Who::ThreeNodes => cluster::recipe(longshore, s3, &folder, 3, Encryption::Longshore)?,
            Who::DockerRegistryS3 => docker_registry::recipe_over_s3(s3, &folder)?,
            Who::Zot => super::zot::recipe(zot.context("no binary is named")?, &folder)?,
            Who::Limit => limit::recipe(&folder)?,
        };
        let mut peer = Self { who, recipe, running: None, behind: Vec::new() };
        peer.resume()?;
        if let Some(ecr) = peer.ecr() {
            let token = wait(async {
                match who {
                    Who::LongshoreKms => ecr.create_repository_under_key(REPOSITORY).await?,
                    _ => ecr.create_repository(REPOSITORY).await?,
                }
                ecr.registry_authorization().await
            })?;
            peer.recipe.authorization = Some(token);
        }
        Ok(peer)
    }

    /// Ends the server.
    pub(crate) fn stop(&mut self) {
        self.running = None;
        self.behind.clear();
    }

    /// Starts it again on the same data; returns as soon as it is ready.
    pub(crate) fn resume(&mut self) -> Result<()> {
        self.behind = self.recipe.before.iter().map(Launch::start).collect::<Result<_>>()?;
        self.running = Some(self.recipe.launch.start()?);
        Ok(())
    }

    /// The measured processes: the nodes, not the balancer in front of them.
    pub(crate) fn processes(&self) -> Vec<u32> {
        if self.behind.is_empty() {
            return vec![self.running().process()];
        }
        self.behind.iter().map(Running::process).collect()
    }

    /// Bytes that were sent to the store so far.
    pub(crate) fn bytes_to_store(&self) -> Option<u64> {
        let backing = self.recipe.backing.as_ref()?;
        Some(backing.store.written.load(Ordering::Relaxed))
    }

    /// The processes of the database server, if it is separate.
    pub(crate) fn database_processes(&self) -> Vec<u32> {
        self.database().map(Database::process).into_iter().collect()
    }

    /// The database behind nodes.
    pub(crate) fn database(&self) -> Option<&Database> {
        self.recipe.backing.as_ref()?.database.as_ref()
    }

    /// What is needed to open connections from elsewhere.
    pub(crate) fn entrance(&self) -> Entrance {
        let authorization = self.recipe.authorization.clone();
        let speech = match &self.recipe.door {
            Door::Limit => Speech::Limit,
            Door::Longshore(_) | Door::Registry | Door::Files(_) => Speech::Registry,
        };
        Entrance { address: self.running().address, authorization, speech }
    }

    /// The folder with its rows, if it has rows.
    pub(crate) fn data(&self) -> Option<PathBuf> {
        match &self.recipe.door {
            Door::Longshore(_) if self.recipe.backing.is_none() => {
                Some(self.recipe.launch.folder.join("data"))
            }
            Door::Longshore(_) | Door::Registry | Door::Files(_) | Door::Limit => None,
        }
    }

    /// Where the file of an object is, in a set-up of Longshore.
    pub(crate) fn object_file(&self, object: &str) -> Option<PathBuf> {
        match &self.recipe.backing {
            Some(backing) if self.who.is_cluster() => {
                Some(backing.store.bucket.join("objects").join(object))
            }
            _ => Some(self.data()?.join("objects").join(object.get(..2)?).join(object)),
        }
    }

    /// The AWS door, if there is one.
    pub(crate) fn ecr(&self) -> Option<Ecr> {
        match &self.recipe.door {
            Door::Longshore(key) => Some(Ecr::new(self.running().address, key.clone())),
            Door::Registry | Door::Files(_) | Door::Limit => None,
        }
    }

    /// Puts a layer there, in the way that is natural for this peer.
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

fn create(root: &Path, kind: &str, name: &str) -> Result<BufWriter<File>> {
    if name.contains('/') {
        bail!("not a file's name: {name}");
    }
    let folder = root.join("v2").join(REPOSITORY).join(kind);
    fs::create_dir_all(&folder)?;
    Ok(BufWriter::with_capacity(1024 * 1024, File::create(folder.join(name))?))
}
