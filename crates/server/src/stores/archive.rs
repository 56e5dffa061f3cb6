//! Opens the archive storage, if one is configured.

use std::sync::Arc;

use blobs::{Blobs, LocalStore, ObjectStore, StoreError, keep_private};

use super::objects::{new_bucket, open_bucket};
use super::{Beside, DATABASE, StoresError};
use crate::config::{ArchiveStorage, Storage};

/// Opens the archive storage, and creates what is missing.
pub(super) async fn open_archive(storage: &Storage) -> Result<Option<Blobs>, StoresError> {
    let store: Arc<dyn ObjectStore> = match &storage.archive {
        None => return Ok(None),
        Some(ArchiveStorage::Folder(folder)) => {
            let cannot = |error| StoresError::archive(folder, error);
            if folder.join(DATABASE).exists() {
                return Err(StoresError::ArchiveInDataFolder { folder: folder.clone() });
            }
            // If others can look into it nevertheless, they see what they could see in the store.
            keep_private(folder).map_err(cannot)?;
            Arc::new(LocalStore::open(folder).map_err(cannot)?)
        }
        Some(ArchiveStorage::Bucket(bucket)) => Arc::new(open_bucket(bucket).await?),
    };
    Ok(Some(Blobs::new(store)))
}

/// Opens it unchanged.
pub(super) fn open_archive_as_it_is(
    storage: &Storage,
    beside: Beside,
) -> Result<Option<Blobs>, StoresError> {
    let store: Arc<dyn ObjectStore> = match (&storage.archive, beside) {
        (None, _) => return Ok(None),
        (Some(ArchiveStorage::Folder(folder)), Beside::Readers) => {
            let opened: Result<_, StoreError> = LocalStore::open_shared(folder);
            Arc::new(opened.map_err(|error| StoresError::archive(folder, error))?)
        }
        (Some(ArchiveStorage::Folder(folder)), Beside::Everybody) => {
            let opened = LocalStore::open_beside(folder);
            Arc::new(opened.map_err(|error| StoresError::archive(folder, error))?)
        }
        (Some(ArchiveStorage::Bucket(bucket)), _) => Arc::new(new_bucket(bucket)?),
    };
    Ok(Some(Blobs::new(store)))
}
