use crate::malformed::{choice, word};
use crate::repository_name::is_segment;
use crate::{Malformed, RepositoryName};

choice! {
    /// What a repository creation template is applied for, in ECR's words.
    AppliedFor "a use of a template" {
        /// Repositories that replication creates.
        Replication = "REPLICATION",
        /// Repositories that a pull through cache creates.
        PullThroughCache = "PULL_THROUGH_CACHE",
        /// Repositories that a push creates.
        CreateOnPush = "CREATE_ON_PUSH",
    }
}

/// Which repositories a creation template is for: `ROOT`, or the beginning of their names, e.g.
/// `team-a`, which may end with a slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TemplatePrefix(Box<str>);
word!(TemplatePrefix);

const LENGTH_MAX: usize = 256;

/// The prefix of the template for all repositories that no other fits. No name is spelled so.
const ROOT: &str = "ROOT";

impl TemplatePrefix {
    /// The one for all names that no other fits.
    pub fn root() -> Self {
        Self(ROOT.into())
    }

    /// Reads a prefix.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let stem = text.strip_suffix('/').unwrap_or(text);
        let is_root = text == ROOT;
        let fits = text.len() <= LENGTH_MAX && (is_root || stem.split('/').all(is_segment));
        if fits { Ok(Self(text.into())) } else { Err(Malformed("a prefix of repository names")) }
    }

    /// The prefix without the slash, which is implied. Two prefixes of the same stem are the same
    /// one.
    pub fn stem(&self) -> &str {
        self.0.strip_suffix('/').unwrap_or(&self.0)
    }

    /// Whether repositories of this name are among those that the template is for.
    pub fn covers(&self, name: &RepositoryName) -> bool {
        let rest = || name.as_str().strip_prefix(self.stem());
        self.is_root() || rest().is_some_and(|rest| rest.starts_with('/'))
    }

    /// Among prefixes that cover a name, the one with the highest rank is for it.
    pub fn rank(&self) -> usize {
        if self.is_root() { 0 } else { self.stem().len() }
    }

    /// Whether it is the one for all other names.
    pub fn is_root(&self) -> bool {
        &*self.0 == ROOT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        #[rustfmt::skip]
        let cases = [
            // prefix       accepted  because
            ("ROOT",        true,     "all other repositories"),
            ("prod",        true,     "one segment"),
            ("prod/",       true,     "the slash that is implied"),
            ("prod/team-a", true,     "two segments"),
            ("a",           true,     "one character"),
            ("",            false,    "empty"),
            ("/",           false,    "a slash alone"),
            ("prod//",      false,    "two slashes"),
            ("/prod",       false,    "an empty segment"),
            ("ROOT/",       false,    "upper case"),
            ("root/ROOT",   false,    "upper case"),
            ("prod*",       false,    "a pattern"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(TemplatePrefix::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
        assert!(TemplatePrefix::parse(&"a".repeat(256)).is_ok());
        assert!(TemplatePrefix::parse(&"a".repeat(257)).is_err());
    }

    #[test]
    fn what_a_prefix_covers() {
        #[rustfmt::skip]
        let cases = [
            // prefix  name           covered  because
            ("prod",   "prod/web",    true,    "a slash is implied"),
            ("prod/",  "prod/web",    true,    "a slash is written"),
            ("prod",   "prod/a/web",  true,    "at any depth"),
            ("prod",   "prod",        false,   "nothing follows"),
            ("prod",   "product/web", false,   "another segment"),
            ("prod/a", "prod/web",    false,   "another path"),
            ("ROOT",   "web",         true,    "everything"),
            ("ROOT",   "prod/web",    true,    "everything"),
        ];
        for (prefix, name, covered, because) in cases {
            let name = RepositoryName::parse(name).unwrap();
            let prefix = TemplatePrefix::parse(prefix).unwrap();
            assert_eq!(prefix.covers(&name), covered, "{prefix} {name}: {because}");
        }
    }

    #[test]
    fn a_longer_prefix_ranks_higher() {
        let rank = |text: &str| TemplatePrefix::parse(text).unwrap().rank();
        assert!(rank("a") > rank("ROOT"));
        assert!(rank("prod/a") > rank("prod/"));
        assert_eq!(rank("prod"), rank("prod/"));
    }
}
