use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

const MIB: u64 = 1024 * 1024;

/// How much of a layer is read. One value holds them all, so that an operator can raise one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of a layer after decompression.
    pub layer_bytes_max: u64,
    /// Bytes that may come out of one compressed byte, once [`Bounds::ratio_free_bytes`] did.
    pub ratio_max: u64,
    /// Bytes of a layer that may come out before the ratio counts: a small layer of zeros is fine.
    pub ratio_free_bytes: u64,
    /// Entries of a layer's archive.
    pub entries_max: u64,
    /// Time that is spent on a layer.
    pub time_max: Duration,
    /// Bytes of one file that is kept in memory to be read.
    pub file_bytes_max: u64,
    /// Packages of a layer. A fat image has some thousands.
    pub packages_max: usize,
    /// Archives inside of archives: a war holds jars, and those hold jars.
    pub archive_depth_max: u32,
    /// Entries of one Java archive, and of those inside of it.
    pub archive_entries_max: usize,
    /// Bytes that the archives inside of one file may hold after decompression.
    pub archive_bytes_max: u64,
}

/// Time since the start of the pass. It is asked for each step, so it can also say that time is up
/// because the work was taken away.
pub type Elapsed<'a> = &'a dyn Fn() -> Duration;

impl Default for Bounds {
    fn default() -> Self {
        Self {
            // Above the largest layers seen in practice (CUDA, about 12 GiB).
            layer_bytes_max: 20 * 1024 * MIB,
            ratio_max: 200,
            ratio_free_bytes: 64 * MIB,
            entries_max: 1_000_000,
            time_max: Duration::from_mins(5),
            // A worker's memory stays under 256 MiB: one file, and what is read from it.
            file_bytes_max: 128 * MIB,
            packages_max: 100_000,
            archive_depth_max: 4,
            archive_entries_max: 100_000,
            archive_bytes_max: 512 * MIB,
        }
    }
}

/// Which bound was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// [`Bounds::layer_bytes_max`].
    LayerBytes,
    /// [`Bounds::ratio_max`].
    Ratio,
    /// [`Bounds::entries_max`].
    Entries,
    /// [`Bounds::time_max`].
    Time,
    /// [`Bounds::file_bytes_max`].
    FileBytes,
    /// [`Bounds::packages_max`].
    Packages,
    /// [`Bounds::archive_depth_max`].
    ArchiveDepth,
    /// [`Bounds::archive_entries_max`].
    ArchiveEntries,
    /// [`Bounds::archive_bytes_max`].
    ArchiveBytes,
}

impl Bound {
    /// Whether it says that the image is too large to be scanned, ECR's `IMAGE_SIZE_EXCEEDED`.
    pub fn is_of_size(self) -> bool {
        matches!(self, Self::LayerBytes | Self::Ratio | Self::Entries)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LayerBytes => "the layer has too many bytes",
            Self::Ratio => "the layer is compressed beyond the allowed ratio",
            Self::Entries => "the layer has too many entries",
            Self::Time => "reading the layer took too long",
            Self::FileBytes => "the file is too large",
            Self::Packages => "the layer has too many packages",
            Self::ArchiveDepth => "archives are nested too deeply",
            Self::ArchiveEntries => "the archive has too many entries",
            Self::ArchiveBytes => "the archive holds too many bytes",
        })
    }
}
