use http::header::HOST;
use http::uri::Authority;
use http::{Request, Version};

use super::{Misaddressed, Reached};
use crate::endpoints::Endpoints;
use crate::host_name::{HostName, parse_port};
use crate::trusted_proxies::Told;

impl Reached {
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
