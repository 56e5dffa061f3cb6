use std::fmt;

use zeroize::Zeroizing;

use super::MalformedBucketConfig;
use super::malformed::malformed;
use super::variables::Variables;

/// How to get into a bucket of a store that speaks S3.
#[derive(Clone)]
pub struct S3Config {
    /// The store's address, if it is not AWS's.
    pub endpoint: Option<String>,
    /// The Region that requests are signed for.
    pub region: String,
    /// The access key id.
    pub access_key_id: String,
    /// The secret that signs requests.
    pub secret_access_key: Zeroizing<String>,
    /// Whether the store may be used without TLS.
    pub allow_http: bool,
    /// How the store encrypts.
    pub sse: ServerSideEncryption,
}

/// How the store encrypts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerSideEncryption {
    /// As the bucket is set up.
    None,
    /// With keys of S3's own.
    S3,
    /// With this key of KMS.
    Kms(String),
}

impl S3Config {
    /// Reads the `LONGSHORE_S3_…` variables.
    pub(super) fn parse(variables: &Variables<'_>) -> Result<Self, MalformedBucketConfig> {
        let allow_http = variables.switch("LONGSHORE_S3_ALLOW_HTTP")?;
        let endpoint = variables.endpoint("LONGSHORE_S3_ENDPOINT", 0, allow_http)?;
        let region = match (variables.find("LONGSHORE_S3_REGION"), &endpoint) {
            (Some(region), _) => region,
            // Stores that are not AWS's mostly do not care.
            (None, Some(_)) => "us-east-1".to_owned(),
            (None, None) => variables.require("LONGSHORE_S3_REGION")?,
        };
        Ok(Self {
            endpoint,
            region,
            access_key_id: variables.require("LONGSHORE_S3_ACCESS_KEY_ID")?,
            secret_access_key: variables.require("LONGSHORE_S3_SECRET_ACCESS_KEY")?.into(),
            allow_http,
            sse: encryption(variables.find("LONGSHORE_S3_SSE").as_deref())?,
        })
    }
}

impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Config")
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("access_key_id", &self.access_key_id)
            .field("allow_http", &self.allow_http)
            .field("sse", &self.sse)
            .finish_non_exhaustive()
    }
}

fn encryption(value: Option<&str>) -> Result<ServerSideEncryption, MalformedBucketConfig> {
    match value {
        None | Some("none") => Ok(ServerSideEncryption::None),
        Some("s3") => Ok(ServerSideEncryption::S3),
        Some(other) => match other.strip_prefix("kms:") {
            Some(key) if !key.is_empty() => Ok(ServerSideEncryption::Kms(key.to_owned())),
            _ => Err(malformed("LONGSHORE_S3_SSE is none of none, s3 and kms:KEY")),
        },
    }
}
