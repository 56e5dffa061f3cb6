//! Opens the archive storage, if one is configured.

use std::path::Path;
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
            if folder.join(DATABASE).exists() || is_inside_objects(folder) {
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

/// Whether a folder is, or is in, the folder of objects of a store, perhaps through a link.
fn is_inside_objects(folder: &Path) -> bool {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    // What is missing is created, so the part that is there tells where links lead.
    let there = whole.ancestors().find_map(|part| part.canonicalize().ok());
    let there = there.unwrap_or_default();
    let is_of_store = |part: &Path| {
        part.file_name().is_some_and(|name| name == "objects")
            && part.parent().is_some_and(|store| store.join("lock").exists())
    };
    there.ancestors().chain(whole.ancestors()).any(is_of_store)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test makes the folders by hand")]
    fn a_folder_in_the_objects_of_a_store_is_told_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("longshore-data");
        std::fs::create_dir_all(store.join("objects/00")).unwrap();
        std::fs::create_dir_all(folder.path().join("objects")).unwrap();
        std::fs::write(store.join("lock"), "").unwrap();
        std::os::unix::fs::symlink(store.join("objects"), folder.path().join("link")).unwrap();
        #[rustfmt::skip]
        let cases = [
            // folder                        is inside  because
            ("longshore-data/objects",       true,      "it is the folder of objects"),
            ("longshore-data/objects/00",    true,      "it is a shelf"),
            ("longshore-data/objects/a/b",   true,      "it would be made there"),
            ("link",                         true,      "the link leads there"),
            ("link/a",                       true,      "and so does what would be made in it"),
            ("longshore-data/cold",          false,     "it is beside them"),
            ("objects",                      false,     "no store is around it"),
            ("cold",                         false,     "it is another folder"),
        ];
        for (name, expected, because) in cases {
            assert_eq!(is_inside_objects(&folder.path().join(name)), expected, "{name}: {because}");
        }
    }
}
