//! Decides which server to ask for a registry's password, and whether to ask at all.
//!
//! The receiver of a signed request can replay it for a quarter of an hour: a foreign registry that
//! we asked for a password could get one from our server in our name. So we ask only a server that
//! is named by docker's `credHelpers`, by the endpoint, or by `LONGSHORE_DOMAIN`. Commands can get
//! a [`Target`] only from here.

use names::Region;

use super::docker_config::names_registry;
use super::{ClientFailure, Endpoint, Environment, RegistryHost, RegistryToken, Settings};

/// The server to ask for a registry's password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) endpoint: Endpoint,
    pub(crate) region: Region,
    pub(crate) trusted: Trusted,
}

/// Why the password may be sent to the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trusted {
    /// The configuration says that the registry belongs to the server.
    ByConfiguration,
    /// It belongs to the server only if the server claims that domain.
    IfTheServiceSaysSo,
}

/// Finds the server to ask for this registry's password. `None` if the registry is not ours.
pub(crate) fn find_target(
    environment: &Environment,
    settings: &Settings,
    host: &RegistryHost,
) -> Option<Target> {
    let is_named = is_in_domain(environment, settings, host) || names_registry(environment, host);
    let trusted = match settings.ecr() {
        _ if is_named => Trusted::ByConfiguration,
        Some(endpoint) if host.is_at(endpoint) => Trusted::ByConfiguration,
        Some(_) if host.named().is_some() => Trusted::IfTheServiceSaysSo,
        _ => return None,
    };
    let endpoint = settings.ecr().cloned().or_else(|| host.endpoint())?;
    let named = host.named().map(|named| named.region.clone());
    let region = named.unwrap_or_else(|| settings.region());
    Some(Target { endpoint, region, trusted })
}

/// Whether this is a registry under `LONGSHORE_DOMAIN`, at the server's port. Another port of the
/// same name may belong to someone else.
fn is_in_domain(environment: &Environment, settings: &Settings, host: &RegistryHost) -> bool {
    let (Some(named), Some(domain)) = (host.named(), environment.find("LONGSHORE_DOMAIN")) else {
        return false;
    };
    let is_at = |endpoint: &Endpoint| host.is_at_port_of(endpoint);
    let is_at_url = |url: &str| Endpoint::parse(url).is_ok_and(|endpoint| is_at(&endpoint));
    domain.eq_ignore_ascii_case(&named.domain)
        && match (settings.ecr(), environment.find("LONGSHORE_PUBLIC_URL")) {
            (Some(endpoint), _) => is_at(endpoint),
            (None, Some(url)) => is_at_url(url),
            // Its API is assumed to be at the default port as well.
            (None, None) => is_at_url(&format!("https://{domain}")),
        }
}

/// Whether this registry could be ours, whatever the settings say.
pub(crate) fn could_be_ours(environment: &Environment, host: &RegistryHost) -> bool {
    host.named().is_some() || names_registry(environment, host)
}

/// The server to ask for the password of its own registry.
pub(crate) fn endpoint_target(settings: &Settings) -> Result<Target, ClientFailure> {
    let endpoint = settings.ecr().cloned().ok_or(ClientFailure::NoEndpoint)?;
    Ok(Target { endpoint, region: settings.region(), trusted: Trusted::ByConfiguration })
}

impl Target {
    /// Whether a token of this service may be sent to the registry.
    pub(crate) fn allows(&self, host: &RegistryHost, token: &RegistryToken) -> bool {
        match self.trusted {
            Trusted::ByConfiguration => true,
            Trusted::IfTheServiceSaysSo => {
                let own = RegistryHost::parse(&token.proxy_endpoint);
                let domain = |host: &RegistryHost| host.named().map(|named| named.domain.clone());
                let is_at_its_port = || {
                    let its = Endpoint::parse(&token.proxy_endpoint);
                    its.is_ok_and(|its| host.is_at_port_of(&its))
                };
                own.is_some_and(|own| own == *host || domain(&own) == domain(host))
                    && is_at_its_port()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use names::Timestamp;

    use super::*;

    fn settings(endpoint: Option<&str>) -> Settings {
        let endpoint = endpoint.map(|url| Endpoint::parse(url).unwrap());
        Settings { endpoint, ..Settings::default() }
    }

    #[test]
    fn only_registries_that_were_named_are_asked_for() {
        use Trusted::{ByConfiguration as Named, IfTheServiceSaysSo as IfSo};
        const ECR: &str = "123456789012.dkr.ecr.eu-west-1.example.com";
        const ECR_1: &str = "123456789012.dkr.ecr.eu-west-1.example.com:1";
        const ECR_443: &str = "123456789012.dkr.ecr.eu-west-1.example.com:443";
        const ECR_5050: &str = "123456789012.dkr.ecr.eu-west-1.example.com:5050";
        const API: &str = "https://api.ecr.eu-west-1.example.com";
        const API_443: &str = "https://api.ecr.eu-west-1.example.com:443";
        const OWN: &str = "https://registry.example.com";
        const LOCAL: &str = "http://localhost:5050";
        #[rustfmt::skip]
        let cases = [
            // host                endpoint      LONGSHORE_DOMAIN     asked                  because
            ("localhost:5050",     Some(LOCAL),  None,                Some((LOCAL, Named)),  "the endpoint itself"),
            ("127.0.0.1:5050",     Some(LOCAL),  None,                Some((LOCAL, Named)),  "the same machine"),
            ("index.docker.io",    Some(LOCAL),  None,                None,                  "a stranger"),
            ("localhost:5050",     None,         None,                None,                  "nothing says that it is ours"),
            (ECR,                  None,         None,                None,                  "anyone can have such a name"),
            (ECR,                  None,         Some("example.com"), Some((API, Named)),    "our domain"),
            (ECR,                  None,         Some("example.org"), None,                  "another domain"),
            (ECR,                  Some(LOCAL),  None,                Some((LOCAL, IfSo)),   "the service must know it"),
            (ECR,                  Some(LOCAL),  Some("Example.com"), Some((LOCAL, IfSo)),   "another port than the endpoint's"),
            (ECR_5050,             Some(LOCAL),  Some("Example.com"), Some((LOCAL, Named)),  "our domain, at the endpoint's port"),
            (ECR_1,                Some(LOCAL),  Some("example.com"), Some((LOCAL, IfSo)),   "any port is not the endpoint's"),
            (ECR,                  Some(OWN),    Some("example.com"), Some((OWN, Named)),    "the usual port on both sides"),
            (ECR_443,              Some(OWN),    Some("example.com"), Some((OWN, Named)),    "the usual port, spelled out"),
            (ECR_443,              None,         Some("example.com"), Some((API_443, Named)), "the usual port, spelled out"),
            (ECR_1,                None,         Some("example.com"), None,                  "nothing says that the server is at that port"),
            ("123456789012.dkr.ecr.eu-west-1.example.com:80", None, Some("example.com"), None, "TLS has another port"),
            ("x.example.com",      None,         Some("example.com"), None,                  "a domain names registries, not hosts"),
        ];
        for (host, endpoint, domain, expected, because) in cases {
            let environment = Environment::from([("LONGSHORE_DOMAIN", domain.unwrap_or(""))]);
            let host = RegistryHost::parse(host).unwrap();
            let target = find_target(&environment, &settings(endpoint), &host);
            let found = target.map(|target| (target.endpoint.to_string(), target.trusted));
            let expected = expected.map(|(endpoint, trusted)| (endpoint.to_owned(), trusted));
            assert_eq!(found, expected, "{host:?}: {because}");
        }
    }

    #[test]
    fn the_public_url_says_at_which_port_the_domains_registries_are() {
        const NAME: &str = "123456789012.dkr.ecr.eu-west-1.example.com";
        #[rustfmt::skip]
        let cases = [
            // port   public URL                          asked   because
            (":8443", "https://registry.example.com:8443", true,  "its port"),
            ("",      "https://registry.example.com:8443", false, "the usual port is another"),
            (":1",    "https://registry.example.com:8443", false, "another"),
            ("",      "https://registry.example.com",      true,  "the usual port"),
            (":443",  "https://registry.example.com",      true,  "the usual port, spelled out"),
            (":8443", "https://registry.example.com",      false, "another than the usual"),
            ("",      "registry.example.com",              false, "a URL that is none"),
        ];
        for (port, url, expected, because) in cases {
            let environment = Environment::from([
                ("LONGSHORE_DOMAIN", "example.com"),
                ("LONGSHORE_PUBLIC_URL", url),
            ]);
            let host = RegistryHost::parse(&format!("{NAME}{port}")).unwrap();
            let target = find_target(&environment, &settings(None), &host);
            assert_eq!(target.is_some(), expected, "{port} {url}: {because}");
        }
    }

    #[test]
    fn a_password_goes_where_the_service_says_it_is_good() {
        #[rustfmt::skip]
        let cases = [
            // (host, what the service names, whether the password is shown, because)
            ("111122223333.dkr.ecr.eu-west-1.example.com", "https://123456789012.dkr.ecr.us-east-1.example.com",  true,  "another account and Region of its domain"),
            ("111122223333.dkr.ecr.eu-west-1.example.com:443", "https://123456789012.dkr.ecr.us-east-1.example.com", true, "the usual port, spelled out"),
            ("123456789012.dkr.ecr.us-east-1.example.com:1", "https://123456789012.dkr.ecr.us-east-1.example.com", false, "another port of its name"),
            ("123456789012.dkr.ecr.us-east-1.example.com", "https://123456789012.dkr.ecr.us-east-1.example.com:8443", false, "the usual port is not its own"),
            ("123456789012.dkr.ecr.us-east-1.example.org", "https://123456789012.dkr.ecr.us-east-1.example.com",  false, "another domain"),
            ("123456789012.dkr.ecr.us-east-1.example.org", "http://localhost:5050",                               false, "a service without names"),
        ];
        for (host, proxy_endpoint, expected, because) in cases {
            let host = RegistryHost::parse(host).unwrap();
            let target = find_target(
                &Environment::default(),
                &settings(Some("http://localhost:5050")),
                &host,
            );
            let token = RegistryToken {
                password: String::new().into(),
                issued_at: Timestamp::from_seconds(0),
                expires_at: Timestamp::from_seconds(1),
                proxy_endpoint: proxy_endpoint.to_owned(),
            };
            assert_eq!(target.unwrap().allows(&host, &token), expected, "{because}");
        }
    }
}
