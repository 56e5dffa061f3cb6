//! The names in folders: removed and made durable.

use std::fs::File;
use std::path::Path;

use names::ObjectKey;

use super::key::Place;
use crate::StoreError;

/// Removes an object's file. First the name, then the folder's sync, so that it stays removed.
pub(super) fn remove(root: &Path, object: &ObjectKey) -> Result<(), StoreError> {
    match rustix::fs::unlink(Place::Object(object).path(root)) {
        Ok(()) | Err(rustix::io::Errno::NOENT) => sync_folder(&Place::ShelfOf(object).path(root)),
        Err(source) => Err(StoreError::from_io("remove an object", source)),
    }
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| StoreError::from_io("sync a folder", source))
}
