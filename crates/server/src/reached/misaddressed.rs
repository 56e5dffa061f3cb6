use std::fmt;

use http::StatusCode;

use crate::host_name::HostName;

/// Why a request reached nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Misaddressed {
    /// HTTP wants a host, and there is none.
    NoHost,
    /// There is more than one `Host`.
    SeveralHosts,
    /// This is no host.
    Malformed(&'static str),
    /// The request's target names one host and `Host` another.
    HostsDiffer,
    /// A name under the domain in the form of a registry's that belongs to no registry.
    NoSuchRegistry(HostName),
}

impl Misaddressed {
    /// The status of this refusal.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NoSuchRegistry(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::NoHost | Self::SeveralHosts | Self::Malformed(_) | Self::HostsDiffer => {
                StatusCode::BAD_REQUEST
            }
        }
    }
}

impl fmt::Display for Misaddressed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHost => f.write_str("The request names no host: a Host header is missing"),
            Self::SeveralHosts => f.write_str("The request has more than one Host header"),
            Self::Malformed(place) => write!(f, "{place} is not HOST or HOST:PORT"),
            Self::HostsDiffer => {
                f.write_str("The request's target and its Host header name different hosts")
            }
            Self::NoSuchRegistry(host) => write!(
                f,
                "No registry has the name {}: registries are ACCOUNT.dkr.ecr.REGION.DOMAIN, \
                 with an account of twelve digits",
                host.name()
            ),
        }
    }
}
