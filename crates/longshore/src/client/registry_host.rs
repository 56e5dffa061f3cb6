use names::{AccountId, Region};

use super::Endpoint;
use super::endpoint::is_loopback;

/// A registry as clients name it: `HOST[:PORT]`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegistryHost {
    text: String,
    named: Option<NamedRegistry>,
}

/// The parts of the name `ACCOUNT.dkr.ecr.REGION.DOMAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedRegistry {
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pub(crate) domain: String,
}

impl RegistryHost {
    /// Reads `HOST[:PORT]`, with an optional scheme and path, as docker stores registries.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let authority = rest.split('/').next()?.to_ascii_lowercase();
        let parsed: http::uri::Authority = authority.parse().ok()?;
        if parsed.host().is_empty() || authority.contains('@') {
            return None;
        }
        Some(Self { named: named(parsed.host()), text: authority })
    }

    /// The registry in an image's name, as kubelet gives it. `None` if there is none, which means
    /// Docker Hub.
    pub(crate) fn of_image(image: &str) -> Option<Self> {
        let (host, _) = image.split_once('/')?;
        let is_host = host.contains(['.', ':']) || host == "localhost";
        is_host.then(|| Self::parse(host))?
    }

    /// `HOST[:PORT]`.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The parts of the name, if it has ECR's form.
    pub(crate) fn named(&self) -> Option<&NamedRegistry> {
        self.named.as_ref()
    }

    /// The default endpoint of the registry's API: `api.ecr.REGION.DOMAIN` on the same port. For a
    /// name of another form it is the registry's own address, because one endpoint serves both. It
    /// uses TLS unless the host is this machine.
    pub(crate) fn endpoint(&self) -> Option<Endpoint> {
        let authority: http::uri::Authority = self.text.parse().ok()?;
        let host = authority.host().trim_matches(['[', ']']);
        let url = match &self.named {
            Some(NamedRegistry { region, domain, account: _ }) => {
                let port = &self.text[authority.host().len()..];
                format!("https://api.ecr.{region}.{domain}{port}")
            }
            None if is_loopback(host) => format!("http://{}", self.text),
            None => format!("https://{}", self.text),
        };
        Endpoint::parse(&url).ok()
    }

    /// Whether the registry is at this endpoint.
    pub(crate) fn is_at(&self, endpoint: &Endpoint) -> bool {
        let Some(own) = self.spoken_to_over(endpoint.is_tls) else { return false };
        let same_host = own.host == endpoint.host || (own.is_loopback() && endpoint.is_loopback());
        same_host && own.port == endpoint.port
    }

    /// Whether the registry is at this endpoint's port, under any name. Without a port it is at the
    /// scheme's default port.
    pub(crate) fn is_at_port_of(&self, endpoint: &Endpoint) -> bool {
        self.spoken_to_over(endpoint.is_tls).is_some_and(|own| own.port == endpoint.port)
    }

    fn spoken_to_over(&self, is_tls: bool) -> Option<Endpoint> {
        let scheme = if is_tls { "https" } else { "http" };
        Endpoint::parse(&format!("{scheme}://{}", self.text)).ok()
    }
}

fn named(host: &str) -> Option<NamedRegistry> {
    let (account, rest) = host.split_once('.')?;
    let account = AccountId::parse(account).ok()?;
    let kinds = ["dkr.ecr.", "dkr-ecr.", "dkr.ecr-fips.", "dkr-ecr-fips."];
    let rest = kinds.iter().find_map(|kind| rest.strip_prefix(kind))?;
    let (region, domain) = rest.split_once('.')?;
    let region = Region::parse(region).ok()?;
    (!domain.is_empty()).then(|| NamedRegistry { account, region, domain: domain.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_and_where_their_api_is() {
        #[rustfmt::skip]
        let cases = [
            // (as Docker has it, host, API, because)
            ("123456789012.dkr.ecr.eu-west-1.example.com",          "123456789012.dkr.ecr.eu-west-1.example.com",           "https://api.ecr.eu-west-1.example.com",         "ECR's form"),
            ("123456789012.dkr-ecr.eu-west-1.example.com:8443",     "123456789012.dkr-ecr.eu-west-1.example.com:8443",      "https://api.ecr.eu-west-1.example.com:8443",    "dual-stack, on a port"),
            ("https://123456789012.DKR.ecr.eu-west-1.Example.com/", "123456789012.dkr.ecr.eu-west-1.example.com",           "https://api.ecr.eu-west-1.example.com",         "a URL, with capitals"),
            ("localhost:5050",                                      "localhost:5050",                                       "http://localhost:5050",                         "this machine"),
            ("[::1]:5050",                                          "[::1]:5050",                                           "http://[::1]:5050",                             "this machine, by IPv6"),
            ("registry.example.com",                                "registry.example.com",                                 "https://registry.example.com",                  "a name of its own"),
            ("https://index.docker.io/v1/",                         "index.docker.io",                                      "https://index.docker.io",                       "Docker Hub"),
            ("12345678901.dkr.ecr.eu-west-1.example.com",           "12345678901.dkr.ecr.eu-west-1.example.com",            "https://12345678901.dkr.ecr.eu-west-1.example.com", "eleven digits are no account"),
            ("123456789012.dkr.ecr.eu-west-1",                      "123456789012.dkr.ecr.eu-west-1",                       "https://123456789012.dkr.ecr.eu-west-1",        "no domain"),
        ];
        for (text, host, api, because) in cases {
            let read = RegistryHost::parse(text).unwrap_or_else(|| panic!("{text}: {because}"));
            assert_eq!(read.as_str(), host, "{because}");
            assert_eq!(read.endpoint().unwrap().to_string(), api, "{because}");
        }
        for text in ["", "https://", "user:pw@host", "a b"] {
            assert_eq!(RegistryHost::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn images_name_registries() {
        #[rustfmt::skip]
        let cases = [
            ("123456789012.dkr.ecr.eu-west-1.example.com/team/web:v1", Some("123456789012.dkr.ecr.eu-west-1.example.com"), "with a tag"),
            ("localhost:5050/web@sha256:00",                           Some("localhost:5050"),                              "with a digest"),
            ("localhost/web",                                          Some("localhost"),                                   "the one host without a dot"),
            ("library/debian",                                         None,                                                "Docker Hub's"),
            ("debian:12",                                              None,                                                "Docker Hub's"),
        ];
        for (image, host, because) in cases {
            let read = RegistryHost::of_image(image);
            assert_eq!(read.as_ref().map(RegistryHost::as_str), host, "{image}: {because}");
        }
    }

    #[test]
    fn a_registry_is_where_its_endpoint_is() {
        #[rustfmt::skip]
        let cases = [
            ("registry.example.com",      "https://registry.example.com",      true,  "the usual port on both sides"),
            ("registry.example.com:443",  "https://registry.example.com",      true,  "the usual port, spelled out"),
            ("registry.example.com",      "https://registry.example.com:8443", false, "another port"),
            ("localhost:5050",            "http://127.0.0.1:5050",             true,  "one machine"),
            ("localhost:5051",            "http://localhost:5050",             false, "another server on it"),
            ("example.com",               "https://registry.example.com",      false, "another name"),
        ];
        for (host, endpoint, expected, because) in cases {
            let host = RegistryHost::parse(host).unwrap();
            let endpoint = Endpoint::parse(endpoint).unwrap();
            assert_eq!(host.is_at(&endpoint), expected, "{because}");
        }
    }
}
