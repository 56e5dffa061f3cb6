//! Where a client reached the server: the host, port and scheme that doors, pages and downloads
//! use.
//!
//! # Invariants
//! * One rule for all of them: [`Reached::read`], which the router calls before anything else looks
//!   at the request.
//! * A request names one host. One that names two, none where HTTP requires one, or a malformed
//!   one, is refused.
//! * A name under the domain in the form of a registry's means that registry or none, never the
//!   default one.
//! * Proxies are believed only if they are trusted; see [`crate::trusted_proxies`].

use std::fmt;

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{Request, StatusCode, Version};
use names::RegistryId;

use crate::endpoints::Endpoints;
use crate::host_name::{HostName, parse_port};
use crate::trusted_proxies::Told;

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

impl Reached {
    /// Where this request reached the server, as the router has determined.
    pub(crate) fn of(parts: &Parts) -> &Self {
        parts.extensions.get().expect("the router hangs it on every request")
    }

    /// Determines where this request reached the server.
    pub(crate) fn read<B>(
        request: &Request<B>,
        endpoints: &Endpoints,
    ) -> Result<Self, Misaddressed> {
        let named = host_named(request)?;
        let unheard = Told { is_tls: endpoints.is_tls, ..Told::default() };
        let told = request.extensions().get::<Told>().unwrap_or(&unheard);
        let host = host_used(named.unwrap_or_else(|| endpoints.own_host()), told)?;
        let registry = match endpoints.registry_named(host.name()) {
            Ok(named) => named.unwrap_or_else(|| endpoints.default.clone()),
            Err(_) => return Err(Misaddressed::NoSuchRegistry(host)),
        };
        Ok(Self { registry, is_tls: told.is_tls, host })
    }
}

/// The one host that the request itself names; `None` before HTTP/1.1, which did not require one.
fn host_named<B>(request: &Request<B>) -> Result<Option<HostName>, Misaddressed> {
    let mut headers = request.headers().get_all(HOST).iter();
    let header = match (headers.next(), headers.next()) {
        (None, _) => None,
        (Some(_), Some(_)) => return Err(Misaddressed::SeveralHosts),
        (Some(one), None) if one.is_empty() => None,
        (Some(one), None) => {
            let read = one.to_str().ok().and_then(HostName::parse);
            Some(read.ok_or(Misaddressed::Malformed("The Host header"))?)
        }
    };
    let target = match request.uri().authority().map(Authority::as_str) {
        None => None,
        Some(text) => {
            Some(HostName::parse(text).ok_or(Misaddressed::Malformed("The request's target"))?)
        }
    };
    match (target, header) {
        (None, None) if request.version() < Version::HTTP_11 => Ok(None),
        (None, None) => Err(Misaddressed::NoHost),
        (Some(one), None) | (None, Some(one)) => Ok(Some(one)),
        (Some(target), Some(header)) => {
            let is_tls = request.uri().scheme_str() == Some("https");
            let plain = |host: &HostName| host.clone().without_default_port(is_tls);
            if plain(&target) == plain(&header) {
                Ok(Some(header))
            } else {
                Err(Misaddressed::HostsDiffer)
            }
        }
    }
}

/// The host that the client used. Behind a trusted proxy that is the proxy's statement of the host,
/// then of the port.
fn host_used(named: HostName, told: &Told) -> Result<HostName, Misaddressed> {
    let host = match &told.host {
        None => None,
        Some(text) => {
            let read = HostName::parse(text);
            Some(read.ok_or(Misaddressed::Malformed("The host that the proxy forwards"))?)
        }
    };
    let port = match &told.port {
        None => None,
        Some(digits) => {
            let read = parse_port(digits);
            Some(read.ok_or(Misaddressed::Malformed("The port that the proxy forwards"))?)
        }
    };
    // A host with a port is what the client wrote; a port alone is what the proxy listens on.
    let host = match (host, port) {
        (Some(host), port) => {
            let port = host.port().or(port);
            host.at_port(port)
        }
        (None, Some(port)) => named.at_port(Some(port)),
        (None, None) => return Ok(named),
    };
    Ok(host.without_default_port(told.is_tls))
}

#[cfg(test)]
mod tests;
