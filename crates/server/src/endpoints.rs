//! Which registry a host name means, and how a registry is called in answers.

use names::{AccountId, Region, RegistryId, RepositoryArn};

/// Where this deployment is reached.
#[derive(Debug, Clone)]
pub(crate) struct Endpoints {
    /// The registry of every host name that names none.
    pub(crate) default: RegistryId,
    /// `example.com`, if registries have host names of their own.
    pub(crate) domain: Option<String>,
    /// Is TLS spoken here?
    pub(crate) is_tls: bool,
    /// The port that is listened on, for host names made of the domain.
    pub(crate) port: u16,
}

impl Endpoints {
    /// The registry that a request's host names.
    pub(crate) fn registry_of_host(&self, host: &str) -> RegistryId {
        self.parse_host(host).unwrap_or_else(|| self.default.clone())
    }

    /// `ACCOUNT.dkr.ecr.REGION.DOMAIN` or `ACCOUNT.dkr-ecr.REGION.DOMAIN`, with or without a port.
    fn parse_host(&self, host: &str) -> Option<RegistryId> {
        let domain = self.domain.as_deref()?;
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
        let labels = name.strip_suffix(domain)?.strip_suffix('.')?;
        let (account, rest) = labels.split_once('.')?;
        let region = rest.strip_prefix("dkr.ecr.").or_else(|| rest.strip_prefix("dkr-ecr."))?;
        let (account, region) = (AccountId::parse(account).ok()?, Region::parse(region).ok()?);
        Some(RegistryId { account, region })
    }

    /// The host name of a registry. Until a domain is set it is the one that the client used, so that
    /// what `create-repository` prints can be pushed to.
    pub(crate) fn registry_host(&self, registry: &RegistryId, host_used: &str) -> String {
        let Some(domain) = &self.domain else { return host_used.to_owned() };
        let RegistryId { account, region } = registry;
        let port = match (self.is_tls, self.port) {
            (true, 443) | (false, 80) => String::new(),
            // AWS's own names are reached where AWS is: on the usual port, behind one's own DNS.
            _ if domain == "amazonaws.com" => String::new(),
            (_, port) => format!(":{port}"),
        };
        format!("{account}.dkr.ecr.{region}.{domain}{port}")
    }

    /// `repositoryUri`.
    pub(crate) fn repository_uri(&self, arn: &RepositoryArn, host_used: &str) -> String {
        format!("{}/{}", self.registry_host(&arn.registry, host_used), arn.repository)
    }

    /// `http` or `https`.
    pub(crate) fn scheme(&self) -> &'static str {
        if self.is_tls { "https" } else { "http" }
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

    fn endpoints(domain: Option<&str>, is_tls: bool, port: u16) -> Endpoints {
        let default = registry("123456789012", "us-east-1");
        Endpoints { default, domain: domain.map(str::to_owned), is_tls, port }
    }

    #[test]
    fn hosts_name_registries() {
        let named = endpoints(Some("example.com"), true, 443);
        #[rustfmt::skip]
        let cases = [
            ("111122223333.dkr.ecr.eu-west-1.example.com",      Some(("111122223333", "eu-west-1")), "the usual"),
            ("111122223333.dkr-ecr.eu-west-1.example.com:8443", Some(("111122223333", "eu-west-1")), "dual-stack, with a port"),
            ("111122223333.DKR.ECR.eu-west-1.Example.com",      Some(("111122223333", "eu-west-1")), "host names have no case"),
            ("api.ecr.eu-west-1.example.com",                   None, "the API's name"),
            ("111122223333.dkr.ecr.eu-west-1.example.org",      None, "another domain"),
            ("11112222333.dkr.ecr.eu-west-1.example.com",       None, "eleven digits"),
            ("localhost:5050",                                  None, "no registry's name"),
        ];
        for (host, expected, because) in cases {
            let expected = expected.map(|(account, region)| registry(account, region));
            assert_eq!(named.parse_host(host), expected, "{host}: {because}");
        }
        assert_eq!(named.registry_of_host("localhost"), named.default);
    }

    #[test]
    fn registries_have_host_names() {
        let other = registry("111122223333", "eu-west-1");
        #[rustfmt::skip]
        let cases = [
            (endpoints(None, false, 5050),                   "localhost:5050"),
            (endpoints(Some("example.com"), true, 443),      "111122223333.dkr.ecr.eu-west-1.example.com"),
            (endpoints(Some("example.com"), true, 8443),     "111122223333.dkr.ecr.eu-west-1.example.com:8443"),
            (endpoints(Some("amazonaws.com"), false, 5050),  "111122223333.dkr.ecr.eu-west-1.amazonaws.com"),
        ];
        for (endpoints, expected) in cases {
            assert_eq!(endpoints.registry_host(&other, "localhost:5050"), expected);
        }
    }
}
