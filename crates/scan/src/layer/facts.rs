use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::path::LayerPath;
use super::unread::Unread;
use crate::package::Package;
use crate::release::OsRelease;

/// Which set of readers made the facts of a layer. It rises with each change that reads more out of
/// the same bytes, so that facts of an older set are made anew.
pub const READERS: u32 = 1;

/// What a layer says. It depends on the layer's bytes alone, so that images share it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerFacts {
    /// What it takes away from the layers below.
    pub removals: Vec<Removal>,
    /// Its files that say something. A file without packages is here too: it replaces the one below
    /// it.
    pub files: BTreeMap<LayerPath, FileFacts>,
    /// Symbolic links in the place of a file that is looked for, with what they lead to.
    pub links: BTreeMap<LayerPath, LayerPath>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// Bytes of the layer after decompression, as far as it was read.
    pub size_bytes: u64,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFacts {
    /// Which operating system it is.
    Release(OsRelease),
    /// Which packages are installed.
    Packages(Vec<Package>),
    /// Which files that are looked for belong to packages of the operating system.
    Owned(Vec<LayerPath>),
    /// Both: a database that also lists files.
    Database {
        /// The packages.
        packages: Vec<Package>,
        /// The files.
        owned: Vec<LayerPath>,
    },
}

/// What a whiteout takes away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Removal {
    /// A file, or a folder with all that it holds.
    Path(LayerPath),
    /// What a folder holds; empty for the root.
    Within(String),
}

impl Removal {
    /// Whether a path of a lower layer is gone.
    pub fn takes(&self, path: &LayerPath) -> bool {
        match self {
            Self::Path(gone) => path == gone || path.is_within(gone.as_str()),
            Self::Within(folder) => path.is_within(folder),
        }
    }
}

impl FileFacts {
    /// The packages that the file names.
    pub fn packages(&self) -> &[Package] {
        match self {
            Self::Release(_) | Self::Owned(_) => &[],
            Self::Packages(packages) | Self::Database { packages, .. } => packages,
        }
    }

    /// The files of others that it says belong to the operating system.
    pub fn owned(&self) -> &[LayerPath] {
        match self {
            Self::Release(_) | Self::Packages(_) => &[],
            Self::Owned(owned) | Self::Database { owned, .. } => owned,
        }
    }
}
