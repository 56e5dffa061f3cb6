use std::error::Error;
use std::net::SocketAddr;

/// Why there is no answer, or no body. For logs: it may name inner addresses.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The address is malformed.
    #[error("not a URL")]
    NotUrl,
    /// The address asks for a connection without TLS.
    #[error("not a URL that begins with https://")]
    NotHttps,
    /// No certificate can be held against this host.
    #[error("not a host name")]
    NotHostName,
    /// The client may not go there.
    #[error("{host} has no address that may be called")]
    OutOfReach {
        /// The host that was to be called.
        host: String,
    },
    /// The deadline has passed.
    #[error("no answer in time")]
    Late,
    /// An address takes no connection.
    #[error("{address} does not answer")]
    Silent {
        /// The address that was called.
        address: SocketAddr,
    },
    /// The host was not found, or the connection broke.
    #[error("{0}")]
    Broken(Box<dyn Error + Send + Sync>),
    /// The body is longer than its limit, or broke off.
    #[error("{0}")]
    BadBody(Box<dyn Error + Send + Sync>),
}

impl RemoteError {
    /// Whether the other side was not reached, or not in time. If it is `false`, the address or the
    /// answer is wrong, and will be again.
    pub fn is_unreachable(&self) -> bool {
        match self {
            Self::Late | Self::Silent { .. } | Self::Broken(_) => true,
            Self::NotUrl
            | Self::NotHttps
            | Self::NotHostName
            | Self::OutOfReach { .. }
            | Self::BadBody(_) => false,
        }
    }

    pub(crate) fn broken(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Broken(error.into())
    }
}
