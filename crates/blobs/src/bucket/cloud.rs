//! The differences between clouds. Everything else uses the traits of `object_store`, which they
//! share.
//!
//! Azure has no multipart uploads. What S3 calls parts are *blocks* there. Blocks belong to the
//! object's name until a list of them becomes the object. So no request begins or ends such an
//! upload, and blocks have no metadata. Of two lists that name one block, one is refused: a list
//! may name only blocks that are in no object yet. Unlisted blocks are deleted after a week, or as
//! soon as the object is written.
//!
//! Google's multipart uploads are S3's, but the library cannot give them metadata. So on both
//! clouds the content keeps its ends.

use std::str::FromStr as _;

use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{MicrosoftAzure, MicrosoftAzureBuilder, split_sas};
use object_store::gcp::{GoogleCloudStorage, GoogleCloudStorageBuilder};
use object_store::multipart::MultipartStore;
use object_store::path::Path;
use object_store::{
    Attributes, BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt as _,
    PutMultipartOptions, RetryConfig,
};

use super::advice::is_answer;
use super::config::{
    AzureConfig, AzureCredential, BucketConfig, CloudConfig, GoogleConfig, GoogleCredential,
    Patience, S3Config, ServerSideEncryption,
};

/// Stands for an upload id where uploads have none. In a claim it says that there may be blocks.
const BLOCKS: &str = "blocks";

/// A client of one of them.
#[derive(Debug)]
pub(super) enum Cloud {
    /// The second one removes many objects with one request, which not every store has.
    S3(AmazonS3, AmazonS3),
    Azure(MicrosoftAzure),
    Google(GoogleCloudStorage),
}

impl Cloud {
    pub(super) fn new(config: &BucketConfig) -> Result<Self, Error> {
        match &config.cloud {
            CloudConfig::S3(s3) => {
                let one_by_one = s3_builder(config, s3).with_disable_bulk_delete(true);
                Ok(Self::S3(one_by_one.build()?, s3_builder(config, s3).build()?))
            }
            CloudConfig::Azure(azure) => azure_builder(config, azure)?.build().map(Self::Azure),
            CloudConfig::Google(google) => google_builder(config, google).build().map(Self::Google),
        }
    }

    pub(super) fn objects(&self) -> &dyn ObjectStore {
        match self {
            Self::S3(s3, _) => s3,
            Self::Azure(azure) => azure,
            Self::Google(google) => google,
        }
    }

    pub(super) fn parts(&self) -> &dyn MultipartStore {
        match self {
            Self::S3(s3, _) => s3,
            Self::Azure(azure) => azure,
            Self::Google(google) => google,
        }
    }

    /// The client that makes URLs. URLs exist only for objects whose ends are kept apart, and only
    /// S3 accepts metadata with its parts, which says where the ends are.
    pub(super) fn addresses(&self) -> Option<&AmazonS3> {
        match self {
            Self::S3(s3, _) => Some(s3),
            Self::Azure(_) | Self::Google(_) => None,
        }
    }

    /// Is it one that our tests see through a translation only? Then each start tries all that is
    /// needed of it.
    pub(super) fn is_translated(&self) -> bool {
        match self {
            Self::S3(..) | Self::Azure(_) => false,
            Self::Google(_) => true,
        }
    }

    /// The client that removes many objects with one request. Azure has such requests too, which
    /// the library does not retry.
    pub(super) fn together(&self) -> Option<&dyn ObjectStore> {
        match self {
            Self::S3(_, together) => Some(together),
            Self::Azure(_) | Self::Google(_) => None,
        }
    }

    /// Removes one object. Azure's request for that is a `POST`, which the library does not retry
    /// after a timeout; a removal can be repeated safely.
    pub(super) async fn remove(&self, path: &Path, patience: Patience) -> Result<(), Error> {
        let mut tries = 0;
        loop {
            let removed = self.objects().delete(path).await;
            let Err(error) = removed else { return Ok(()) };
            if matches!(self, Self::S3(..)) || is_answer(&error) || tries >= patience.retries {
                return Err(error);
            }
            tries += 1;
            tokio::time::sleep(patience.pause).await;
        }
    }

    /// Begins an upload in parts.
    pub(super) async fn begin(&self, path: &Path, has: Attributes) -> Result<String, Error> {
        match self {
            Self::S3(s3, _) => s3.create_multipart_opts(path, PutMultipartOptions::from(has)).await,
            Self::Azure(_) => Ok(BLOCKS.to_owned()),
            Self::Google(google) => google.create_multipart(path).await,
        }
    }

    /// Ends an upload that has no parts.
    pub(super) async fn cancel(&self, path: &Path, upload: &str) -> Result<(), Error> {
        match self {
            Self::S3(s3, _) => s3.abort_multipart(path, &upload.to_owned()).await,
            Self::Azure(_) => Ok(()),
            Self::Google(google) => google.abort_multipart(path, &upload.to_owned()).await,
        }
    }

    /// Deletes an upload's parts. It may leave an empty object or none; the caller removes the
    /// object next.
    pub(super) async fn drop_parts(&self, path: &Path, upload: &str) -> Result<(), Error> {
        match self {
            Self::S3(s3, _) => s3.abort_multipart(path, &upload.to_owned()).await,
            // A list without any drops all.
            Self::Azure(azure) => {
                azure.complete_multipart(path, &upload.to_owned(), Vec::new()).await.map(drop)
            }
            Self::Google(google) => google.abort_multipart(path, &upload.to_owned()).await,
        }
    }
}

fn client_options(patience: Patience, allow_http: bool) -> ClientOptions {
    ClientOptions::new()
        .with_connect_timeout(patience.connect)
        .with_read_timeout(patience.read)
        .with_timeout(patience.request)
        .with_allow_http(allow_http)
}

fn retry(patience: Patience) -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: patience.pause, max_backoff: patience.pause_max, base: 2.0 };
    RetryConfig { backoff, max_retries: patience.retries, retry_timeout: patience.call }
}

fn s3_builder(config: &BucketConfig, s3: &S3Config) -> AmazonS3Builder {
    let tls = s3.endpoint.as_ref().is_none_or(|endpoint| endpoint.starts_with("https://"));
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&config.bucket)
        .with_region(&s3.region)
        .with_access_key_id(&s3.access_key_id)
        .with_secret_access_key(s3.secret_access_key.as_str())
        .with_client_options(client_options(config.patience, s3.allow_http))
        .with_retry(retry(config.patience))
        // TLS keeps the bytes whole on their way; without it their hash is signed.
        .with_unsigned_payload(tls);
    if let Some(endpoint) = &s3.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    match &s3.sse {
        ServerSideEncryption::None => builder,
        ServerSideEncryption::S3 => {
            let key = AmazonS3ConfigKey::from_str("aws_server_side_encryption");
            builder.with_config(key.expect("the library's own name"), "AES256")
        }
        ServerSideEncryption::Kms(key) => builder.with_sse_kms_encryption(key),
    }
}

fn azure_builder(
    config: &BucketConfig,
    azure: &AzureConfig,
) -> Result<MicrosoftAzureBuilder, Error> {
    let mut builder = MicrosoftAzureBuilder::new()
        .with_account(&azure.account)
        .with_container_name(&config.bucket)
        .with_client_options(client_options(config.patience, azure.allow_http))
        .with_retry(retry(config.patience));
    if let Some(endpoint) = &azure.endpoint {
        builder = builder.with_endpoint(endpoint.clone());
    }
    Ok(match &azure.credential {
        AzureCredential::AccessKey(key) => builder.with_access_key(key.as_str()),
        AzureCredential::SasToken(token) => builder.with_sas_authorization(split_sas(token)?),
    })
}

fn google_builder(config: &BucketConfig, google: &GoogleConfig) -> GoogleCloudStorageBuilder {
    let mut builder = GoogleCloudStorageBuilder::new()
        .with_bucket_name(&config.bucket)
        .with_client_options(client_options(config.patience, google.allow_http))
        .with_retry(retry(config.patience));
    if let Some(endpoint) = &google.endpoint {
        builder = builder.with_base_url(endpoint);
    }
    match &google.credential {
        GoogleCredential::File(path) => builder.with_service_account_path(path.to_string_lossy()),
        GoogleCredential::Key(key) => builder.with_service_account_key(key.as_str()),
    }
}
