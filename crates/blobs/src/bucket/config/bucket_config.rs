use super::malformed::malformed;
use super::scheme::Scheme;
use super::variables::Variables;
use super::{AzureConfig, GoogleConfig, MalformedBucketConfig, Patience, S3Config};

/// The address of a bucket, and its credentials.
#[derive(Debug, Clone)]
pub struct BucketConfig {
    /// The bucket; on Azure the container. It must be there.
    pub bucket: String,
    /// The start of all object keys, without slashes at either end; may be empty.
    pub prefix: String,
    /// The cloud that the bucket is in.
    pub cloud: CloudConfig,
    /// The storage class of new objects; `None` is the bucket's own.
    pub storage_class: Option<&'static str>,
    /// How long to wait, and how often to try.
    pub patience: Patience,
}

/// The cloud of a bucket, and the credentials.
#[derive(Debug, Clone)]
pub enum CloudConfig {
    /// AWS, or a store that speaks like it.
    S3(S3Config),
    /// Azure Blob Storage.
    Azure(AzureConfig),
    /// Google Cloud Storage.
    Google(GoogleConfig),
}

impl BucketConfig {
    /// Reads `s3://BUCKET/PREFIX`, `az://CONTAINER/PREFIX` or `gs://BUCKET/PREFIX`, the first also
    /// with `?class=CLASS` behind it, and the variables `LONGSHORE_S3_…`, `LONGSHORE_AZURE_…` or
    /// `LONGSHORE_GCS_…` from `variable`.
    pub fn parse(
        address: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, MalformedBucketConfig> {
        let variables = Variables { address, variable: &variable };
        let (place, query) = match address.split_once('?') {
            Some((place, query)) => (place, Some(query)),
            None => (address, None),
        };
        let (scheme, bucket, prefix) = Scheme::split(place)?;
        let storage_class = query.map(|query| storage_class(scheme, query)).transpose()?;
        let cloud = match scheme {
            Scheme::S3 => CloudConfig::S3(S3Config::parse(&variables)?),
            Scheme::Azure => CloudConfig::Azure(AzureConfig::parse(&variables)?),
            Scheme::Google => CloudConfig::Google(GoogleConfig::parse(&variables)?),
        };
        Ok(Self { bucket, prefix, cloud, storage_class, patience: Patience::default() })
    }

    /// Whether `text` looks like the address of a bucket, well-formed or not.
    pub fn is_address(text: &str) -> bool {
        text.contains("://")
    }

    /// The place of the bucket, for messages.
    pub fn at(&self) -> &str {
        match &self.cloud {
            CloudConfig::S3(s3) => s3.endpoint.as_deref().unwrap_or("AWS"),
            CloudConfig::Azure(azure) => azure.endpoint.as_deref().unwrap_or("Azure"),
            CloudConfig::Google(google) => google.endpoint.as_deref().unwrap_or("Google"),
        }
    }
}

/// Storage classes of S3 whose objects can be read at once. From the others, an object has to be
/// requested hours before it can be read.
const CLASSES: [&str; 5] =
    ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR"];

/// Reads `class=CLASS`.
fn storage_class(scheme: Scheme, query: &str) -> Result<&'static str, MalformedBucketConfig> {
    if scheme != Scheme::S3 {
        return Err(malformed(
            "?class= is for s3:// only; for other clouds, use a bucket or container whose default class or tier is the one that you want",
        ));
    }
    let Some(class) = query.strip_prefix("class=") else {
        return Err(malformed(format!("?{query} is not ?class=CLASS")));
    };
    CLASSES.into_iter().find(|known| *known == class).ok_or_else(|| {
        let classes = CLASSES.join(", ");
        malformed(format!(
            "?class={class} is none of those whose objects can be read at once: {classes}"
        ))
    })
}
