use std::fmt;

use serde::Deserialize;

/// Real ones have about 2 KiB.
pub const DISCOVERY_SIZE_BYTES_MAX: usize = 64 * 1024;

/// A discovery document that is none, or another issuer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedDiscovery(&'static str);

impl fmt::Display for MalformedDiscovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MalformedDiscovery {}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

/// The URL of the keys of `issuer`, according to its `.well-known/openid-configuration`.
pub fn jwks_uri(document: &[u8], issuer: &str) -> Result<String, MalformedDiscovery> {
    if document.len() > DISCOVERY_SIZE_BYTES_MAX {
        return Err(MalformedDiscovery("the discovery document is too large"));
    }
    let Discovery { issuer: stated, jwks_uri } = serde_json::from_slice(document)
        .map_err(|_| MalformedDiscovery("the discovery document names no issuer or no keys"))?;
    if stated == issuer {
        Ok(jwks_uri)
    } else {
        Err(MalformedDiscovery("the discovery document is another issuer's"))
    }
}
