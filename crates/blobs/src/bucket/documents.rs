use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::{Attributes, ObjectMeta, PutMode};
use tokio::runtime::Handle;

use super::config::BucketConfig;
use super::key::Place;
use super::service::{Denied, Service, SharedService, not_about_one};
use crate::StoreError;
use crate::documents::{DocumentKind, DocumentStore, too_long};

/// Documents in a bucket, beside objects.
#[derive(Debug)]
pub struct BucketDocuments {
    service: SharedService,
}

impl BucketDocuments {
    /// Documents in a bucket; see [`crate::BucketStore::new`].
    pub fn new(config: &BucketConfig, runtime: Handle) -> Result<Self, StoreError> {
        Ok(Self { service: Arc::new(Service::new(config, runtime)?) })
    }
}

impl DocumentStore for BucketDocuments {
    fn put(&self, kind: DocumentKind, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.service.path(Place::Document(kind, name));
        let bytes = Bytes::copy_from_slice(bytes);
        let written = self.service.write(&path, bytes, PutMode::Overwrite, Attributes::new());
        self.service.wait(written).map_err(not_about_one)
    }

    fn read(&self, kind: DocumentKind, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.service.path(Place::Document(kind, name));
        match self.service.wait(self.service.read(&path, 0..kind.bytes_max())) {
            Ok(found) if found.size > kind.bytes_max() => Err(too_long(kind, name)),
            Ok(found) => Ok(Some(found.bytes.to_vec())),
            Err(Denied::NotFound) => Ok(None),
            Err(other) => Err(not_about_one(other)),
        }
    }

    fn list(&self, kind: DocumentKind) -> Result<Vec<String>, StoreError> {
        let home = self.service.path(Place::Documents(kind));
        let work = self.service.cloud.objects().list(Some(&home)).try_collect();
        let listed: Vec<ObjectMeta> =
            self.service.wait(self.service.ask("list documents", work)).map_err(not_about_one)?;
        let name = |meta: &ObjectMeta| meta.location.filename().map(str::to_owned);
        let mut names: Vec<String> = listed.iter().filter_map(name).collect();
        names.sort_unstable();
        Ok(names)
    }

    fn delete(&self, kind: DocumentKind, name: &str) -> Result<(), StoreError> {
        let path = self.service.path(Place::Document(kind, name));
        self.service.wait(self.service.remove(&path))
    }
}
