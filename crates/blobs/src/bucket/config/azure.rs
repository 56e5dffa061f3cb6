use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::MalformedBucketConfig;
use super::malformed::malformed;
use super::variables::Variables;

/// How to get into a container of Azure Blob Storage.
#[derive(Debug, Clone)]
pub struct AzureConfig {
    /// The storage account.
    pub account: String,
    /// The credential of requests.
    pub credential: AzureCredential,
    /// The account's address, if it is not `https://ACCOUNT.blob.core.windows.net`.
    pub endpoint: Option<String>,
    /// Whether the store may be used without TLS.
    pub allow_http: bool,
}

/// The credential of requests to Azure.
#[derive(Clone)]
pub enum AzureCredential {
    /// One of the account's keys.
    AccessKey(Zeroizing<String>),
    /// A shared access signature for the account or the container.
    SasToken(Zeroizing<String>),
}

const KEY: &str = "LONGSHORE_AZURE_ACCESS_KEY";
const SAS: &str = "LONGSHORE_AZURE_SAS_TOKEN";

impl AzureConfig {
    /// Reads the `LONGSHORE_AZURE_…` variables.
    pub(super) fn parse(variables: &Variables<'_>) -> Result<Self, MalformedBucketConfig> {
        let allow_http = variables.switch("LONGSHORE_AZURE_ALLOW_HTTP")?;
        Ok(Self {
            account: account(variables.require("LONGSHORE_AZURE_ACCOUNT")?)?,
            credential: AzureCredential::parse(variables)?,
            // An emulator has the account in its address's path.
            endpoint: variables.endpoint("LONGSHORE_AZURE_ENDPOINT", 1, allow_http)?,
            allow_http,
        })
    }
}

impl AzureCredential {
    fn parse(variables: &Variables<'_>) -> Result<Self, MalformedBucketConfig> {
        match (variables.find(KEY), variables.find(SAS)) {
            (Some(_), Some(_)) => Err(malformed(format!("{KEY} and {SAS} are set; unset one"))),
            (Some(key), None) => match BASE64_STANDARD.decode(&key) {
                Ok(_) => Ok(Self::AccessKey(key.into())),
                Err(_) => Err(malformed(format!("{KEY} is not in base 64, as Azure shows it"))),
            },
            (None, Some(token)) if token.contains("sig=") => Ok(Self::SasToken(token.into())),
            (None, Some(_)) => Err(malformed(format!("{SAS} is not a token such as sv=…&sig=…"))),
            (None, None) => Err(variables.missing(&format!("neither {KEY} nor {SAS}"))),
        }
    }
}

impl fmt::Debug for AzureCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccessKey(_) => "AccessKey(…)",
            Self::SasToken(_) => "SasToken(…)",
        })
    }
}

/// It becomes part of a host's name.
fn account(name: String) -> Result<String, MalformedBucketConfig> {
    let in_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if (3..=24).contains(&name.len()) && name.bytes().all(in_name) {
        Ok(name)
    } else {
        Err(malformed("LONGSHORE_AZURE_ACCOUNT is not 3 to 24 lower-case letters and digits"))
    }
}
