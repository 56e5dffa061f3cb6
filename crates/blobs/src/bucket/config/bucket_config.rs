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
    /// Reads `s3://BUCKET/PREFIX`, `az://CONTAINER/PREFIX` or `gs://BUCKET/PREFIX`, and the
    /// variables `LONGSHORE_S3_…`, `LONGSHORE_AZURE_…` or `LONGSHORE_GCS_…` from `variable`.
    pub fn parse(
        address: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, MalformedBucketConfig> {
        let variables = Variables { address, variable: &variable };
        let (scheme, bucket, prefix) = Scheme::split(address)?;
        let cloud = match scheme {
            Scheme::S3 => CloudConfig::S3(S3Config::parse(&variables)?),
            Scheme::Azure => CloudConfig::Azure(AzureConfig::parse(&variables)?),
            Scheme::Google => CloudConfig::Google(GoogleConfig::parse(&variables)?),
        };
        Ok(Self { bucket, prefix, cloud, patience: Patience::default() })
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
