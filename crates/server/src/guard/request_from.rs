use std::net::IpAddr;

use http::HeaderValue;
use http::header::{REFERER, USER_AGENT};
use http::request::Parts;
use names::Timestamp;

use crate::request_id::RequestId;
use crate::trusted_proxies::TrustedProxies;

/// Who is at the other end of a connection. The accept loop hangs it on every request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer {
    /// Its address.
    pub(crate) address: IpAddr,
    /// Does it speak TLS with us?
    pub(crate) is_tls: bool,
}

/// What every request says of itself, whoever sent it and whatever it asks for.
#[derive(Debug, Clone)]
pub(crate) struct RequestFrom {
    /// What the answer and the log call it.
    pub(crate) id: RequestId,
    /// When it came.
    pub(crate) at: Timestamp,
    /// `aws:SourceIp`.
    pub(crate) address: Option<IpAddr>,
    /// `aws:SecureTransport`.
    pub(crate) is_secure: bool,
    /// `aws:UserAgent`.
    pub(crate) user_agent: Option<HeaderValue>,
    /// `aws:referer`.
    pub(crate) referer: Option<HeaderValue>,
}

impl RequestFrom {
    /// What this request says.
    pub(crate) fn read(
        parts: &Parts,
        id: RequestId,
        at: Timestamp,
        proxies: &TrustedProxies,
    ) -> Self {
        let peer = parts.extensions.get::<Peer>();
        let told = peer.map(|peer| proxies.told(*peer, &parts.headers)).unwrap_or_default();
        Self {
            id,
            at,
            address: told.address,
            is_secure: told.is_tls,
            user_agent: parts.headers.get(USER_AGENT).cloned(),
            referer: parts.headers.get(REFERER).cloned(),
        }
    }
}
