use std::future::Future;
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use names::ObjectKey;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, GetOptions, GetRange, PutMode, PutOptions, PutPayload,
};
use tokio::runtime::Handle;

use super::advice::{advise, advise_by_code};
use super::breaker::Breaker;
use super::cloud::Cloud;
use super::config::{BucketConfig, Patience};
use super::key::Place;
use crate::StoreError;

pub(super) const NO_BUCKET: &str = "the bucket does not exist; create it";

/// How many keys are removed at once.
const REMOVALS_MAX: usize = 8;

/// How many keys one request removes at most.
const TOGETHER_MAX: usize = 1000;

/// The store with retries and limits: every call goes through [`Service::ask`].
#[derive(Debug)]
pub(super) struct Service {
    pub(super) cloud: Cloud,
    pub(super) prefix: Path,
    /// The storage class of new objects.
    pub(super) storage_class: Option<&'static str>,
    runtime: Handle,
    breaker: Breaker,
    patience: Patience,
}

/// Why a call failed.
#[derive(Debug)]
pub(super) enum Denied {
    /// The object does not exist.
    NotFound,
    /// The object already exists.
    Exists,
    /// All else.
    Failed(StoreError),
}

impl Denied {
    /// The error, if the call was about `object`.
    pub(super) fn about(self, object: &ObjectKey) -> StoreError {
        match self {
            Self::NotFound => StoreError::NotFound(object.clone()),
            Self::Exists => StoreError::Exists(object.clone()),
            Self::Failed(error) => error,
        }
    }
}

/// The error of a call that concerns no single object: if something is missing, it is the bucket.
pub(super) fn not_about_one(denied: Denied) -> StoreError {
    match denied {
        Denied::Failed(error) => error,
        Denied::NotFound | Denied::Exists => StoreError::Misused(NO_BUCKET),
    }
}

/// The result of a read: bytes and metadata.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) size: u64,
    pub(super) attributes: Attributes,
    pub(super) bytes: Bytes,
}

impl Service {
    pub(super) fn new(config: &BucketConfig, runtime: Handle) -> Result<Self, StoreError> {
        let prefix = Path::parse(&config.prefix)
            .map_err(|_| StoreError::Misused("the prefix is not one of object keys"))?;
        let cloud = Cloud::new(config).map_err(|source| StoreError::Remote {
            doing: "be set up",
            advice: "check the LONGSHORE_S3_, LONGSHORE_AZURE_ or LONGSHORE_GCS_ variables",
            source: source.into(),
        })?;
        let patience = config.patience;
        let breaker = Breaker::new(patience.failures_max, patience.rest);
        let storage_class = config.storage_class;
        Ok(Self { cloud, prefix, storage_class, runtime, breaker, patience })
    }

    pub(super) fn path(&self, place: Place<'_>) -> Path {
        place.path(&self.prefix)
    }

    /// Waits for `work`. Only for threads that may block.
    pub(super) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Runs `work` in the background.
    pub(super) fn start<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Running<T> {
        Running(self.runtime.spawn(work))
    }

    /// One call: admitted by the breaker, bounded in time, sorted by outcome.
    pub(super) async fn ask<T>(
        &self,
        doing: &'static str,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Denied> {
        self.breaker.admit(Instant::now()).map_err(Denied::Failed)?;
        let Ok(result) = tokio::time::timeout(self.patience.call, work).await else {
            self.breaker.failed(Instant::now());
            let advice =
                "check the network between this machine and the store, and the store's load";
            let source = std::io::Error::from(std::io::ErrorKind::TimedOut).into();
            return Err(Denied::Failed(StoreError::Remote { doing, advice, source }));
        };
        match result {
            Ok(done) => {
                self.breaker.succeeded();
                Ok(done)
            }
            Err(error) => {
                let (advice, answered) = advise(&error);
                if answered {
                    self.breaker.succeeded();
                } else {
                    self.breaker.failed(Instant::now());
                }
                // Some stores answer 404 to a key that they do not know.
                let has_a_word = advise_by_code(&error).is_some();
                Err(match error {
                    Error::NotFound { .. } if !has_a_word => Denied::NotFound,
                    Error::AlreadyExists { .. } | Error::Precondition { .. } => Denied::Exists,
                    other => {
                        Denied::Failed(StoreError::Remote { doing, advice, source: other.into() })
                    }
                })
            }
        }
    }

    /// Reads bytes of an object: fewer than requested if it ends before.
    pub(super) async fn read(&self, path: &Path, range: Range<u64>) -> Result<Found, Denied> {
        let whole_calls = async {
            let options =
                GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
            let answer = self.cloud.objects().get_opts(path, options).await?;
            let (size, attributes) = (answer.meta.size, answer.attributes.clone());
            Ok(Found { size, attributes, bytes: answer.bytes().await? })
        };
        self.ask("read an object", whole_calls).await
    }

    /// Reads everything about an object except its bytes.
    pub(super) async fn inspect(&self, path: &Path) -> Result<Found, Denied> {
        let options = GetOptions { head: true, ..GetOptions::default() };
        let answer =
            self.ask("look for an object", self.cloud.objects().get_opts(path, options)).await?;
        let (size, attributes) = (answer.meta.size, answer.attributes);
        Ok(Found { size, attributes, bytes: Bytes::new() })
    }

    /// Writes a whole object.
    pub(super) async fn write(
        &self,
        path: &Path,
        bytes: impl Into<PutPayload>,
        mode: PutMode,
        attributes: Attributes,
    ) -> Result<(), Denied> {
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        let written = self.cloud.objects().put_opts(path, bytes.into(), options);
        self.ask("write an object", written).await.map(drop)
    }

    /// Removes one key, there or not.
    pub(super) async fn remove(&self, path: &Path) -> Result<(), StoreError> {
        let removed = self.cloud.remove(path, self.patience);
        match self.ask("remove an object", removed).await {
            Ok(()) | Err(Denied::NotFound) => Ok(()),
            Err(Denied::Failed(error)) => Err(error),
            Err(Denied::Exists) => Err(StoreError::Misused("a removal has no condition")),
        }
    }

    /// Removes keys, there or not, with as few requests as the store takes. If it does not take one
    /// for many, the requests for one each tell what is wrong.
    pub(super) async fn remove_together(&self, paths: Vec<Path>) -> Result<(), StoreError> {
        let Some(together) = self.cloud.together() else { return self.remove_each(paths).await };
        for some in paths.chunks(TOGETHER_MAX) {
            let removed = together.delete_stream(stream::iter(some.to_vec()).map(Ok).boxed());
            let removed = removed.try_for_each(async |_| Ok(()));
            if self.ask("remove objects", removed).await.is_err() {
                self.remove_each(some.iter().cloned()).await?;
            }
        }
        Ok(())
    }

    /// Removes some keys, a few at a time: an upload in many small chunks leaves many.
    pub(super) async fn remove_each(
        &self,
        paths: impl IntoIterator<Item = Path>,
    ) -> Result<(), StoreError> {
        let each = stream::iter(paths.into_iter().map(Ok));
        each.try_for_each_concurrent(REMOVALS_MAX, |path| async move { self.remove(&path).await })
            .await
    }
}

/// Work that is cancelled when it is dropped.
#[derive(Debug)]
pub(super) struct Running<T>(tokio::task::JoinHandle<T>);

impl<T> Running<T> {
    pub(super) fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// The result. A panic there is a bug, and is resumed here.
    pub(super) async fn finish(mut self) -> Result<T, StoreError> {
        match (&mut self.0).await {
            Ok(done) => Ok(done),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            // The runtime is shutting down.
            Err(_) => Err(StoreError::Failed),
        }
    }
}

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A value of an object's metadata.
pub(super) fn metadata<'a>(attributes: &'a Attributes, name: &'static str) -> Option<&'a str> {
    attributes.get(&Attribute::Metadata(name.into())).map(AsRef::as_ref)
}

/// Shared by a store, its writers and its readers.
pub(super) type SharedService = Arc<Service>;
