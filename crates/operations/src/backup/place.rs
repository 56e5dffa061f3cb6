use blobs::{Blobs, Documents};

/// Where backups are.
#[derive(Debug, Clone)]
pub struct BackupPlace {
    /// Rows and manifests.
    pub documents: Documents,
    /// Objects.
    pub blobs: Blobs,
}
