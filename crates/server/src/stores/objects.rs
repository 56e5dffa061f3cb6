//! Opens the store of objects: a folder or a bucket.

use std::sync::Arc;

use blobs::{
    Blobs, BucketConfig, BucketDocuments, BucketStore, Documents, FolderLock, LocalDocuments,
    LocalStore, ObjectStore, StoreError,
};
use tokio::runtime::Handle;

use super::{Beside, StoresError};
use crate::config::{Objects, Rows, Storage};

/// Opens the store of objects, and creates what is missing.
pub(crate) async fn open_blobs(
    storage: &Storage,
) -> Result<(Blobs, Option<FolderLock>), StoresError> {
    let data = storage.data.as_path();
    let explain = |error: StoreError| match error {
        StoreError::InUse { .. } => StoresError::FolderInUse { folder: data.to_owned() },
        error => StoresError::folder(data, error),
    };
    let (store, folder): (Arc<dyn ObjectStore>, _) = match &storage.objects {
        Objects::Folder => (Arc::new(LocalStore::open(data).map_err(explain)?), None),
        Objects::Bucket(bucket) => {
            // Rows in a folder are one process's, wherever the layers are.
            let folder = match &storage.rows {
                Rows::Folder => Some(FolderLock::take(data).map_err(explain)?),
                Rows::Postgres(_) => None,
            };
            (Arc::new(open_bucket(bucket).await?), folder)
        }
    };
    Ok((Blobs::new(store), folder))
}

pub(super) fn new_bucket(bucket: &BucketConfig) -> Result<BucketStore, StoresError> {
    BucketStore::new(bucket, Handle::current()).map_err(|error| StoresError::bucket(bucket, error))
}

/// A bucket that can be written to.
pub(crate) async fn open_bucket(bucket: &BucketConfig) -> Result<BucketStore, StoresError> {
    let store = new_bucket(bucket)?;
    let checked = tokio::task::spawn_blocking(move || store.check().map(|()| store));
    match checked.await {
        Ok(checked) => checked.map_err(|error| StoresError::bucket(bucket, error)),
        Err(panicked) => Err(StoresError::bucket(bucket, panicked)),
    }
}

/// The documents beside the objects.
pub(super) fn open_documents(storage: &Storage) -> Result<Documents, StoresError> {
    Ok(match &storage.objects {
        Objects::Folder => Documents::new(Arc::new(LocalDocuments::new(&storage.data))),
        Objects::Bucket(bucket) => {
            let documents = BucketDocuments::new(bucket, Handle::current());
            let documents = documents.map_err(|error| StoresError::bucket(bucket, error))?;
            Documents::new(Arc::new(documents))
        }
    })
}

/// Opens it unchanged.
pub(super) fn open_blobs_as_they_are(
    storage: &Storage,
    beside: Beside,
) -> Result<(Blobs, Option<FolderLock>), StoresError> {
    let data = storage.data.as_path();
    let explain = |error: StoreError| match error {
        StoreError::InUse { .. } => StoresError::FolderWrittenTo { folder: data.to_owned() },
        error => StoresError::folder(data, error),
    };
    let store: Arc<dyn ObjectStore> = match (&storage.objects, beside) {
        (Objects::Folder, Beside::Readers) => {
            Arc::new(LocalStore::open_shared(data).map_err(explain)?)
        }
        (Objects::Folder, Beside::Everybody) => {
            Arc::new(LocalStore::open_beside(data).map_err(explain)?)
        }
        (Objects::Bucket(bucket), _) => Arc::new(new_bucket(bucket)?),
    };
    let folder = match (&storage.rows, &storage.objects, beside) {
        (Rows::Folder, Objects::Bucket(_), Beside::Readers) => {
            Some(FolderLock::share(data).map_err(explain)?)
        }
        _ => None,
    };
    Ok((Blobs::new(store), folder))
}
