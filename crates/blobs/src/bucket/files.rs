use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::path::Path;
use object_store::{Attribute, Attributes, ObjectMeta, PutMode};
use tokio::runtime::Handle;

use super::cloud::Cloud;
use super::config::BucketConfig;
use super::service::{Denied, Service, SharedService, not_about_one};
use crate::StoreError;
use crate::files::{FileMetadata, FileStore, too_long};

/// Files in a bucket, for other programs to read.
#[derive(Debug)]
pub struct BucketFiles {
    service: SharedService,
}

impl BucketFiles {
    /// Files in a bucket; see [`crate::BucketStore::new`].
    pub fn new(config: &BucketConfig, runtime: Handle) -> Result<Self, StoreError> {
        Ok(Self { service: Arc::new(Service::new(config, runtime)?) })
    }

    fn path(&self, key: &str) -> Path {
        let names = key.split('/');
        names.fold(self.service.prefix.clone(), Path::join)
    }
}

impl FileStore for BucketFiles {
    fn put(&self, key: &str, bytes: &[u8], metadata: &FileMetadata) -> Result<(), StoreError> {
        let bytes = Bytes::copy_from_slice(bytes);
        // Names of Azure's metadata have no dashes.
        let keeps_metadata = !matches!(self.service.cloud, Cloud::Azure(_));
        let attributes: Attributes = metadata
            .iter()
            .filter(|_| keeps_metadata)
            .map(|(name, value)| (Attribute::Metadata((*name).into()), value.clone()))
            .collect();
        let path = self.path(key);
        let written = self.service.write(&path, bytes, PutMode::Overwrite, attributes);
        self.service.wait(written).map_err(not_about_one)
    }

    fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, StoreError> {
        match self.service.wait(self.service.read(&self.path(key), 0..bytes_max)) {
            Ok(found) if found.size > bytes_max => Err(too_long(key, bytes_max)),
            Ok(found) => Ok(Some(found.bytes.to_vec())),
            Err(Denied::NotFound) => Ok(None),
            Err(other) => Err(not_about_one(other)),
        }
    }

    fn list(&self, folder: &str, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let (home, objects) = (self.path(folder), self.service.cloud.objects());
        let behind = after.trim_end_matches('/');
        let listed = if behind.starts_with(folder) {
            objects.list_with_offset(Some(&home), &self.path(behind))
        } else {
            objects.list(Some(&home))
        };
        let prefix = self.service.prefix.as_ref().to_owned();
        let key = move |meta: ObjectMeta| {
            let key = meta.location.as_ref().strip_prefix(prefix.as_str())?;
            Some(key.trim_start_matches('/').to_owned())
        };
        let after = after.to_owned();
        let keys = listed
            .try_filter_map(move |meta| std::future::ready(Ok(key(meta))))
            .try_filter(move |key| std::future::ready(*key > after))
            .take(limit)
            .try_collect();
        let mut keys: Vec<String> =
            self.service.wait(self.service.ask("list files", keys)).map_err(not_about_one)?;
        keys.sort_unstable();
        Ok(keys)
    }
}
