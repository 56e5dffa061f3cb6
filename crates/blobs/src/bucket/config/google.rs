use std::fmt;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::MalformedBucketConfig;
use super::malformed::malformed;
use super::variables::Variables;

/// How to get into a bucket of Google Cloud Storage.
#[derive(Debug, Clone)]
pub struct GoogleConfig {
    /// The credential of requests.
    pub credential: GoogleCredential,
    /// The store's address, if it is not `https://storage.googleapis.com`.
    pub endpoint: Option<String>,
    /// Whether the store may be used without TLS.
    pub allow_http: bool,
}

/// The key of a service account, in JSON as Google gives it out.
#[derive(Clone)]
pub enum GoogleCredential {
    /// In a file.
    File(PathBuf),
    /// Itself.
    Key(Zeroizing<String>),
}

const FILE: &str = "LONGSHORE_GCS_SERVICE_ACCOUNT";
const KEY: &str = "LONGSHORE_GCS_SERVICE_ACCOUNT_KEY";

impl GoogleConfig {
    /// Reads the `LONGSHORE_GCS_…` variables.
    pub(super) fn parse(variables: &Variables<'_>) -> Result<Self, MalformedBucketConfig> {
        let allow_http = variables.switch("LONGSHORE_GCS_ALLOW_HTTP")?;
        Ok(Self {
            credential: GoogleCredential::parse(variables)?,
            endpoint: variables.endpoint("LONGSHORE_GCS_ENDPOINT", 0, allow_http)?,
            allow_http,
        })
    }
}

impl GoogleCredential {
    fn parse(variables: &Variables<'_>) -> Result<Self, MalformedBucketConfig> {
        match (variables.find(FILE), variables.find(KEY)) {
            (Some(_), Some(_)) => Err(malformed(format!("{FILE} and {KEY} are set; unset one"))),
            (Some(file), None) => Ok(Self::File(file.into())),
            (None, Some(key)) if key.trim_start().starts_with('{') => Ok(Self::Key(key.into())),
            (None, Some(_)) => {
                Err(malformed(format!("{KEY} is not in JSON; the path of a file goes to {FILE}")))
            }
            (None, None) => Err(variables.missing(&format!("neither {FILE} nor {KEY}"))),
        }
    }
}

impl fmt::Debug for GoogleCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => f.debug_tuple("File").field(file).finish(),
            Self::Key(_) => f.write_str("Key(…)"),
        }
    }
}
