//! Which registry a host name means, and which host name a registry has in answers.

use std::fmt;
use std::str::FromStr;

use names::{AccountId, Region, RegistryId, RepositoryArn};

use crate::host_name::HostName;
use crate::reached::Reached;

/// The words between account and Region in a registry's name: plain, dual-stack, and both with
/// FIPS.
const KINDS: [&str; 4] = ["dkr.ecr.", "dkr-ecr.", "dkr.ecr-fips.", "dkr-ecr-fips."];

/// How long an account's id is.
const ACCOUNT_DIGITS: usize = 12;

/// AWS's own domain: names under it use the default port, through the operator's own DNS.
const AWS_DOMAIN: &str = "amazonaws.com";

/// The addresses of this deployment.
#[derive(Debug, Clone)]
pub(crate) struct Endpoints {
    /// The registry of every host name that names none.
    pub(crate) default: RegistryId,
    /// `example.com`, if registries have their own host names.
    pub(crate) domain: Option<String>,
    /// The URL for clients, if it is configured.
    pub(crate) public_url: Option<PublicUrl>,
    /// Is TLS spoken here?
    pub(crate) is_tls: bool,
    /// The port that is listened on.
    pub(crate) port: u16,
}

/// A name under the domain that has the form of a registry's and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoSuchRegistry;

impl Endpoints {
    /// The registry that a host's name names: `ACCOUNT.dkr.ecr.REGION.DOMAIN` and the like; `None`
    /// if it names none.
    pub(crate) fn registry_named(&self, name: &str) -> Result<Option<RegistryId>, NoSuchRegistry> {
        let labels = self.domain.as_deref().and_then(|domain| name.strip_suffix(domain));
        let Some(labels) = labels.and_then(|labels| labels.strip_suffix('.')) else {
            return Ok(None);
        };
        let is_registrys = |label: &str| label == "dkr" || label.starts_with("dkr-ecr");
        if !begins_with_account(labels) && !labels.split('.').any(is_registrys) {
            return Ok(None);
        }
        parse_labels(labels).map(Some).ok_or(NoSuchRegistry)
    }

    /// The host of a client that names none, as clients before HTTP/1.1 do.
    pub(crate) fn own_host(&self) -> HostName {
        let localhost = HostName::parse("localhost").expect("localhost is a name");
        localhost.at_port(Some(self.port)).without_default_port(self.is_tls)
    }

    /// The host of a registry. Without a domain it is the one that the client used, so that a push
    /// to the output of `create-repository` works.
    pub(crate) fn registry_host(&self, registry: &RegistryId, reached: &Reached) -> String {
        let base = self.public_url.as_ref().map_or(&reached.host, |public| &public.host);
        let Some(domain) = &self.domain else { return base.to_string() };
        let RegistryId { account, region } = registry;
        let name = format!("{account}.dkr.ecr.{region}.{domain}");
        // One endpoint serves both protocols, so a registry is at the port that the API was reached
        // at.
        let base = base.clone().without_default_port(self.is_tls_used(reached));
        match base.port() {
            Some(port) if self.public_url.is_some() || domain != AWS_DOMAIN => {
                format!("{name}:{port}")
            }
            Some(_) | None => name,
        }
    }

    /// The URL of a registry: `proxyEndpoint`, the start of download URLs, the realm of the
    /// challenge.
    pub(crate) fn registry_url(&self, registry: &RegistryId, reached: &Reached) -> String {
        let scheme = scheme(self.is_tls_used(reached));
        format!("{scheme}://{}", self.registry_host(registry, reached))
    }

    /// `repositoryUri`.
    pub(crate) fn repository_uri(&self, arn: &RepositoryArn, reached: &Reached) -> String {
        format!("{}/{}", self.registry_host(&arn.registry, reached), arn.repository)
    }

    /// `http` or `https`, as the server itself speaks.
    pub(crate) fn scheme(&self) -> &'static str {
        scheme(self.is_tls)
    }

    fn is_tls_used(&self, reached: &Reached) -> bool {
        self.public_url.as_ref().map_or(reached.is_tls, |public| public.is_tls)
    }
}

fn scheme(is_tls: bool) -> &'static str {
    if is_tls { "https" } else { "http" }
}

/// A name that begins like an account's is meant for that account, so it is never the default
/// registry's.
fn begins_with_account(labels: &str) -> bool {
    labels.bytes().take_while(u8::is_ascii_digit).count() >= ACCOUNT_DIGITS
}

fn parse_labels(labels: &str) -> Option<RegistryId> {
    let (account, rest) = labels.split_once('.')?;
    let region = KINDS.iter().find_map(|kind| rest.strip_prefix(kind))?;
    let (account, region) = (AccountId::parse(account).ok()?, Region::parse(region).ok()?);
    Some(RegistryId { account, region })
}

/// The configured URL of the server, whatever requests say: `https://registry.example.com[:PORT]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    is_tls: bool,
    host: HostName,
}

/// A text that is not a public URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedPublicUrl(String);

impl fmt::Display for MalformedPublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not SCHEME://HOST or SCHEME://HOST:PORT, such as https://registry.example.com",
            self.0
        )
    }
}

impl std::error::Error for MalformedPublicUrl {}

impl FromStr for PublicUrl {
    type Err = MalformedPublicUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || MalformedPublicUrl(text.to_owned());
        let (scheme, host) = text.split_once("://").ok_or_else(malformed)?;
        let is_tls = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(malformed()),
        };
        // docker puts registries at the root of a host, so a path would be wrong.
        let host = HostName::parse(host.strip_suffix('/').unwrap_or(host)).ok_or_else(malformed)?;
        Ok(Self { is_tls, host: host.without_default_port(is_tls) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(account: &str, region: &str) -> RegistryId {
        RegistryId {
            account: AccountId::parse(account).unwrap(),
            region: Region::parse(region).unwrap(),
        }
    }

    fn endpoints(domain: Option<&str>, public_url: Option<&str>) -> Endpoints {
        Endpoints {
            default: registry("123456789012", "us-east-1"),
            domain: domain.map(str::to_owned),
            public_url: public_url.map(|url| url.parse().unwrap()),
            is_tls: false,
            port: 5050,
        }
    }

    #[test]
    fn names_under_the_domain_are_registries_or_nothing() {
        let named = endpoints(Some("example.com"), None);
        let is = |account, region| Ok(Some(registry(account, region)));
        #[rustfmt::skip]
        let cases = [
            ("111122223333.dkr.ecr.eu-west-1.example.com",          is("111122223333", "eu-west-1"), "the usual"),
            ("111122223333.dkr-ecr.eu-west-1.example.com",          is("111122223333", "eu-west-1"), "dual-stack"),
            ("111122223333.dkr.ecr-fips.eu-west-1.example.com",     is("111122223333", "eu-west-1"), "FIPS"),
            ("111122223333.dkr-ecr-fips.eu-west-1.example.com",     is("111122223333", "eu-west-1"), "both"),
            ("api.ecr.eu-west-1.example.com",                       Ok(None),            "the API's name"),
            ("registry.example.com",                                Ok(None),            "a name of the operator's own"),
            ("public.ecr.example.com",                              Ok(None),            "another of them"),
            ("2024.example.com",                                    Ok(None),            "too few digits for an account"),
            ("example.com",                                         Ok(None),            "the domain itself"),
            ("111122223333.dkr.ecr.eu-west-1.example.org",          Ok(None),            "another domain"),
            ("111122223333.dkr.ecr.eu-west-1.notexample.com",       Ok(None),            "a domain that ends alike"),
            ("localhost",                                           Ok(None),            "this machine"),
            ("11112222333.dkr.ecr.eu-west-1.example.com",           Err(NoSuchRegistry), "eleven digits"),
            ("team-a.dkr.ecr.eu-west-1.example.com",                Err(NoSuchRegistry), "a word for an account"),
            ("dkr.ecr.eu-west-1.example.com",                       Err(NoSuchRegistry), "no account"),
            ("x.111122223333.dkr.ecr.eu-west-1.example.com",        Err(NoSuchRegistry), "a label more"),
            ("111122223333.dkr.ecr.example.com",                    Err(NoSuchRegistry), "no Region"),
            ("111122223333.dkr.ecr.eu-west-1.x.example.com",        Err(NoSuchRegistry), "two labels for a Region"),
            ("111122223333.dkr.s3.eu-west-1.example.com",           Err(NoSuchRegistry), "another service"),
            ("111122223333.dkr-ecr-x.eu-west-1.example.com",        Err(NoSuchRegistry), "a kind that is none"),
            ("111122223333.example.com",                            Err(NoSuchRegistry), "an account alone"),
            ("111122223333.ecr.eu-west-1.example.com",              Err(NoSuchRegistry), "an account, but no dkr"),
            ("111122223333-dkr.ecr.eu-west-1.example.com",          Err(NoSuchRegistry), "a hyphen for a dot"),
            ("1111222233334.ecr.eu-west-1.example.com",             Err(NoSuchRegistry), "thirteen digits"),
        ];
        for (name, expected, because) in cases {
            assert_eq!(named.registry_named(name), expected, "{name}: {because}");
        }
        let unnamed = endpoints(None, None);
        let name = "111122223333.dkr.ecr.eu-west-1.example.com";
        assert_eq!(unnamed.registry_named(name), Ok(None), "no domain, no names");
    }

    #[test]
    fn what_is_printed_is_what_the_client_can_use() {
        const NAMED: &str = "111122223333.dkr.ecr.eu-west-1";
        let other = registry("111122223333", "eu-west-1");
        #[rustfmt::skip]
        let cases = [
            // (domain, public URL, TLS, host used, URL of the registry)
            (None,                  None,                                 false, "localhost:5050",              "http://localhost:5050".to_owned()),
            (None,                  None,                                 true,  "registry.example.com",        "https://registry.example.com".to_owned()),
            (None,                  None,                                 true,  "registry.example.com:8443",   "https://registry.example.com:8443".to_owned()),
            (None,                  Some("https://registry.example.com"), false, "node-1:5050",                 "https://registry.example.com".to_owned()),
            (None,                  Some("http://localhost:8080"),        true,  "node-1:5050",                 "http://localhost:8080".to_owned()),
            (Some("example.com"),   None,                                 true,  "api.ecr.eu-west-1.example.com", format!("https://{NAMED}.example.com")),
            (Some("example.com"),   None,                                 true,  "api.example.com:8443",        format!("https://{NAMED}.example.com:8443")),
            (Some("example.com"),   None,                                 false, "localhost:5050",              format!("http://{NAMED}.example.com:5050")),
            (Some("example.com"),   Some("https://example.com"),          false, "localhost:5050",              format!("https://{NAMED}.example.com")),
            (Some("example.com"),   Some("https://example.com:8443"),     false, "localhost:5050",              format!("https://{NAMED}.example.com:8443")),
            (Some("amazonaws.com"), None,                                 true,  "localhost:5050",              format!("https://{NAMED}.amazonaws.com")),
            (Some("amazonaws.com"), Some("https://x.example.com:8443"),   false, "localhost:5050",              format!("https://{NAMED}.amazonaws.com:8443")),
        ];
        for (domain, public_url, is_tls, used, expected) in cases {
            let endpoints = endpoints(domain, public_url);
            let host = HostName::parse(used).unwrap();
            let reached = Reached { registry: other.clone(), is_tls, host };
            assert_eq!(endpoints.registry_url(&other, &reached), expected, "{used}, {domain:?}");
            let arn = RepositoryArn::parse("arn:aws:ecr:eu-west-1:111122223333:repository/web");
            let uri = endpoints.repository_uri(&arn.unwrap(), &reached);
            assert_eq!(uri, format!("{}/web", expected.split_once("://").unwrap().1));
        }
    }

    #[test]
    fn public_urls() {
        #[rustfmt::skip]
        let cases = [
            ("https://registry.example.com",     true,  "the usual"),
            ("https://registry.example.com/",    true,  "with the root's slash"),
            ("HTTPS://registry.example.com:443", true,  "the usual port, spelled out"),
            ("http://localhost:5050",            true,  "without TLS"),
            ("registry.example.com",             false, "no scheme"),
            ("ftp://registry.example.com",       false, "another scheme"),
            ("https://",                         false, "no host"),
            ("https://registry.example.com/v2",  false, "a path"),
            ("https://u:p@registry.example.com", false, "a user"),
            ("https://registry.example.com?x=1", false, "a query"),
        ];
        for (text, fits, because) in cases {
            assert_eq!(text.parse::<PublicUrl>().is_ok(), fits, "{text}: {because}");
        }
    }
}
