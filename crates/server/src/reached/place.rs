use http::request::Parts;
use names::RegistryId;

use crate::host_name::HostName;

/// Where a client reached the server.
#[derive(Debug, Clone)]
pub(crate) struct Reached {
    /// The registry that the host names, or the default one.
    pub(crate) registry: RegistryId,
    /// Did the client speak TLS, to the server or to a trusted proxy?
    pub(crate) is_tls: bool,
    /// The host and the port that the client used.
    pub(crate) host: HostName,
}

impl Reached {
    /// Where this request reached the server, as the router has determined.
    pub(crate) fn of(parts: &Parts) -> &Self {
        parts.extensions.get().expect("the router hangs it on every request")
    }
}
