use blobs::{Blobs, Documents};

/// A place of backups.
#[derive(Debug, Clone)]
pub struct BackupPlace {
    /// Rows and manifests.
    pub documents: Documents,
    /// Objects.
    pub blobs: Blobs,
}
