use crate::malformed::{choice, word};
use crate::template::TemplatePrefix;
use crate::{Malformed, RepositoryName};

/// The prefix of a pull through cache rule: the beginning of the names of the repositories that it
/// fills, e.g. `docker-hub`, or `ROOT` for all. Of an upstream, it is the beginning of the names
/// there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CachePrefix(TemplatePrefix);

const PREFIX_MIN: usize = 2;
const PREFIX_MAX: usize = 30;

impl CachePrefix {
    /// Reads a prefix.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if !(PREFIX_MIN..=PREFIX_MAX).contains(&text.len()) {
            return Err(Malformed("a prefix of repository names of 2 to 30 characters"));
        }
        TemplatePrefix::parse(text).map(Self)
    }

    /// The prefix as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The prefix without the slash, which is implied. Two prefixes of the same stem are the same
    /// one.
    pub fn stem(&self) -> &str {
        self.0.stem()
    }

    /// Whether it is the one for all names.
    pub fn is_root(&self) -> bool {
        self.0.is_root()
    }

    /// What follows the prefix in a repository's name, if the name is under it.
    pub fn rest<'a>(&self, name: &'a RepositoryName) -> Option<&'a str> {
        if self.is_root() {
            return Some(name.as_str());
        }
        name.as_str().strip_prefix(self.stem())?.strip_prefix('/')
    }

    /// The prefix before a name.
    pub fn join(&self, rest: &str) -> String {
        if self.is_root() { rest.to_owned() } else { format!("{}/{rest}", self.stem()) }
    }

    /// Among prefixes of a name, the one with the highest rank is for it.
    pub fn rank(&self) -> usize {
        self.0.rank()
    }
}

impl std::fmt::Display for CachePrefix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for CachePrefix {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

choice! {
    /// The upstream registries that ECR knows, in its words.
    UpstreamRegistry "an upstream registry" {
        /// Another private registry of ECR.
        Ecr = "ecr",
        /// ECR Public.
        EcrPublic = "ecr-public",
        /// Quay.
        Quay = "quay",
        /// Kubernetes.
        K8s = "k8s",
        /// Docker Hub.
        DockerHub = "docker-hub",
        /// GitHub.
        GitHub = "github-container-registry",
        /// Azure.
        Azure = "azure-container-registry",
        /// GitLab.
        GitLab = "gitlab-container-registry",
        /// Chainguard.
        Chainguard = "chainguard",
    }
}

/// With what an upstream registry lets pulls in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpstreamAccess {
    /// Anyone may pull: credentials are refused.
    Open,
    /// Only with a user and an access token.
    Credentials,
    /// Only another registry of ECR asks for a role; a user and an access token do as well.
    Role,
    /// Whatever the registry wants: credentials, or none.
    Any,
}

/// Where an upstream registry is: the bare host of one that ECR knows, e.g. `quay.io`, or any other
/// registry that speaks OCI's protocol: `registry.example.com`, `https://registry.example.com:5000`.
/// A URL with a scheme is never one of those that ECR knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UpstreamUrl(Box<str>);
word!(UpstreamUrl);

/// The longest name of a host, a scheme and a port.
const URL_MAX: usize = 253 + 14;

const LABEL_MAX: usize = 63;

/// Names of Docker Hub that are not its registry.
const NO_REGISTRIES: [&str; 2] = ["docker.io", "hub.docker.com"];

impl UpstreamUrl {
    /// Reads a URL.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (scheme, authority) = split(text);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let is_port = |port: &str| {
            !port.starts_with('0') && port.parse::<u16>().is_ok() && !port.starts_with('+')
        };
        let fits = text.len() <= URL_MAX
            && host.split('.').all(is_label)
            && port.is_none_or(is_port)
            && !(scheme.is_none() && NO_REGISTRIES.contains(&authority));
        if fits { Ok(Self(text.into())) } else { Err(Malformed("the URL of a registry")) }
    }

    /// The scheme and the host, with its port.
    pub fn base(&self) -> String {
        let (scheme, authority) = split(&self.0);
        format!("{}://{authority}", scheme.unwrap_or("https"))
    }

    /// The host, with its port.
    pub fn authority(&self) -> &str {
        split(&self.0).1
    }

    /// The registry, if it is one that ECR knows.
    pub fn registry(&self) -> Option<UpstreamRegistry> {
        let (None, host) = split(&self.0) else { return None };
        match host {
            "public.ecr.aws" => Some(UpstreamRegistry::EcrPublic),
            "quay.io" => Some(UpstreamRegistry::Quay),
            "registry.k8s.io" => Some(UpstreamRegistry::K8s),
            "registry-1.docker.io" => Some(UpstreamRegistry::DockerHub),
            "ghcr.io" => Some(UpstreamRegistry::GitHub),
            "registry.gitlab.com" => Some(UpstreamRegistry::GitLab),
            "cgr.dev" => Some(UpstreamRegistry::Chainguard),
            _ if is_azure(host) => Some(UpstreamRegistry::Azure),
            _ if is_ecr(host) => Some(UpstreamRegistry::Ecr),
            _ => None,
        }
    }

    /// With what it lets pulls in.
    pub fn access(&self) -> UpstreamAccess {
        use UpstreamRegistry as U;
        match self.registry() {
            Some(U::EcrPublic | U::Quay | U::K8s) => UpstreamAccess::Open,
            Some(U::DockerHub | U::GitHub | U::Azure | U::GitLab | U::Chainguard) => {
                UpstreamAccess::Credentials
            }
            Some(U::Ecr) => UpstreamAccess::Role,
            None => UpstreamAccess::Any,
        }
    }
}

/// The scheme, if there is one, and what follows it.
fn split(text: &str) -> (Option<&'static str>, &str) {
    if let Some(authority) = text.strip_prefix("https://") {
        return (Some("https"), authority);
    }
    match text.strip_prefix("http://") {
        Some(authority) => (Some("http"), authority),
        None => (None, text),
    }
}

fn is_label(label: &str) -> bool {
    let is_inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LABEL_MAX).contains(&label.len())
        && label.bytes().all(is_inside)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_azure(host: &str) -> bool {
    host.strip_suffix(".azurecr.io").is_some_and(|name| !name.contains('.'))
}

/// `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, also of China.
fn is_ecr(host: &str) -> bool {
    let host = host.strip_suffix(".cn").unwrap_or(host);
    let Some(rest) = host.strip_suffix(".amazonaws.com") else { return false };
    let Some((account, rest)) = rest.split_once('.') else { return false };
    let region = rest.strip_prefix("dkr.ecr.");
    account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit())
        && region.is_some_and(|region| !region.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        #[rustfmt::skip]
        let cases = [
            // prefix                             accepted  because
            ("ROOT",                              true,     "all repositories"),
            ("docker-hub",                        true,     "one segment"),
            ("docker-hub/",                       true,     "the slash that is implied"),
            ("team/docker",                       true,     "two segments"),
            ("ab",                                true,     "two characters"),
            ("a",                                 false,    "one character"),
            ("",                                  false,    "empty"),
            ("abcdefghijklmnopqrstuvwxyz0123",    true,     "30 characters"),
            ("abcdefghijklmnopqrstuvwxyz01234",   false,    "31 characters"),
            ("Docker",                            false,    "upper case"),
            ("a//b",                              false,    "an empty segment"),
            ("docker*",                           false,    "a pattern"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(CachePrefix::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
    }

    #[test]
    fn names_under_a_prefix_have_names_upstream() {
        #[rustfmt::skip]
        let cases = [
            // here       there           name                      upstream
            ("ecr-public", "ROOT",         "ecr-public/my-app/web",  Some("my-app/web")),
            ("ecr-public/", "ROOT",        "ecr-public/web",         Some("web")),
            ("ROOT",       "ROOT",         "team/web",               Some("team/web")),
            ("team-a",     "team-a",       "team-a/my-app/web",      Some("team-a/my-app/web")),
            ("my-app",     "upstream-app", "my-app/web",             Some("upstream-app/web")),
            ("my-app",     "ROOT",         "my-app",                 None),
            ("my-app",     "ROOT",         "my-application/web",     None),
        ];
        for (here, there, name, upstream) in cases {
            let here = CachePrefix::parse(here).unwrap();
            let there = CachePrefix::parse(there).unwrap();
            let name = RepositoryName::parse(name).unwrap();
            let found = here.rest(&name).map(|rest| there.join(rest));
            assert_eq!(found.as_deref(), upstream, "{here} {there} {name}");
        }
    }

    #[test]
    fn urls() {
        use UpstreamAccess::{Any, Credentials, Open, Role};
        #[rustfmt::skip]
        let cases = [
            // url                                            access             because
            ("public.ecr.aws",                                Some(Open),        "ECR Public"),
            ("quay.io",                                       Some(Open),        "Quay"),
            ("https://quay.io",                               Some(Any),         "a scheme: any registry"),
            ("registry.k8s.io",                               Some(Open),        "Kubernetes"),
            ("registry-1.docker.io",                          Some(Credentials), "Docker Hub"),
            ("ghcr.io",                                       Some(Credentials), "GitHub"),
            ("registry.gitlab.com",                           Some(Credentials), "GitLab"),
            ("cgr.dev",                                       Some(Credentials), "Chainguard"),
            ("my1.azurecr.io",                                Some(Credentials), "Azure"),
            ("a.my1.azurecr.io",                              Some(Any),         "no registry of Azure"),
            ("012345678901.dkr.ecr.eu-west-1.amazonaws.com",  Some(Role),        "another registry"),
            ("12345.dkr.ecr.eu-west-1.amazonaws.com",         Some(Any),         "no account"),
            ("registry.example.com",                          Some(Any),         "any registry"),
            ("registry.example.com:5000",                     Some(Any),         "a port"),
            ("http://127.0.0.1:5000",                         Some(Any),         "without TLS"),
            ("localhost",                                     Some(Any),         "one label"),
            ("docker.io",                                     None,              "not Docker Hub's registry"),
            ("Quay.io",                                       None,              "upper case"),
            ("ftp://quay.io",                                 None,              "another scheme"),
            ("https://",                                      None,              "no host"),
            ("",                                              None,              "empty"),
            ("quay.io/",                                      None,              "a path"),
            ("https://registry.example.com/v2",               None,              "a path"),
            ("user:secret@registry.example.com",              None,              "credentials"),
            ("registry.example.com:0",                        None,              "no port"),
            ("registry.example.com:65536",                    None,              "no port"),
            ("registry.example.com:",                         None,              "no port"),
            ("registry.example.com:+80",                      None,              "no port"),
            ("[::1]:5000",                                    None,              "an address of IPv6"),
            ("a..b",                                          None,              "an empty label"),
            ("-a.example.com",                                None,              "a hyphen first"),
            ("a b.example.com",                               None,              "a space"),
            ("r\u{e9}gistry.example.com",                     None,              "not ASCII"),
        ];
        for (text, access, because) in cases {
            let read = UpstreamUrl::parse(text).ok().map(|url| url.access());
            assert_eq!(read, access, "{text:?}: {because}");
        }
        assert!(UpstreamUrl::parse(&"a.".repeat(140)).is_err());
    }

    #[test]
    fn a_url_has_a_base() {
        let base = |text: &str| UpstreamUrl::parse(text).unwrap().base();
        assert_eq!(base("quay.io"), "https://quay.io");
        assert_eq!(base("http://localhost:5000"), "http://localhost:5000");
        assert_eq!(base("https://registry.example.com"), "https://registry.example.com");
    }
}
