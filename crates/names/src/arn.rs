use std::fmt;

use crate::{AccountId, Malformed, Region, RegistryId, RepositoryName};

/// The ARN of a repository: `arn:aws:ecr:REGION:ACCOUNT:repository/NAME`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RepositoryArn {
    /// The registry that it is in.
    pub registry: RegistryId,
    /// Its name there.
    pub repository: RepositoryName,
}

impl RepositoryArn {
    /// Reads an ARN of the partition `aws`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("the ARN of a repository");
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(BAD);
        if (next()?, next()?, next()?) != ("arn", "aws", "ecr") {
            return Err(BAD);
        }
        let region = Region::parse(next()?)?;
        let account = AccountId::parse(next()?)?;
        let name = next()?.strip_prefix("repository/").ok_or(BAD)?;
        let repository = RepositoryName::parse(name)?;
        Ok(Self { registry: RegistryId { account, region }, repository })
    }
}

impl fmt::Display for RepositoryArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RegistryId { account, region } = &self.registry;
        write!(f, "arn:aws:ecr:{region}:{account}:repository/{}", self.repository)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repository_arns() {
        #[rustfmt::skip]
        let cases = [
            ("arn:aws:ecr:us-east-1:123456789012:repository/team-a/web", true,  "the usual"),
            ("arn:aws:ecr:us-east-1:123456789012:team-a/web",            false, "no resource type"),
            ("arn:aws:s3:us-east-1:123456789012:repository/web",         false, "another service"),
            ("arn:aws:ecr::123456789012:repository/web",                 false, "no Region"),
            ("arn:aws:ecr:us-east-1:12345:repository/web",               false, "no account"),
            ("arn:aws:ecr:us-east-1:123456789012:repository/*",          false, "a pattern is not a name"),
            ("web",                                                      false, "a bare name"),
            ("",                                                         false, "empty"),
        ];
        for (text, accepted, because) in cases {
            let parsed = RepositoryArn::parse(text);
            assert_eq!(parsed.is_ok(), accepted, "{text:?}: {because}");
            if let Ok(arn) = parsed {
                assert_eq!(arn.to_string(), text, "an ARN prints as it was written");
            }
        }
    }
}
