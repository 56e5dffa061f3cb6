use std::fmt;

use crate::malformed::word;
use crate::{AccountId, Malformed, Region, RegistryId};

/// The ARN of a secret of Secrets Manager: `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME`,
/// with the six characters that Secrets Manager adds to a name, or without.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecretArn {
    /// The account and Region that it is in.
    pub registry: RegistryId,
    /// What follows `secret:`.
    pub resource: Box<str>,
}

/// The longest name, and what is added to it.
const RESOURCE_MAX: usize = 512 + 7;

impl SecretArn {
    /// Reads an ARN of the partition `aws`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("the ARN of a secret");
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(BAD);
        if (next()?, next()?, next()?) != ("arn", "aws", "secretsmanager") {
            return Err(BAD);
        }
        let region = Region::parse(next()?)?;
        let account = AccountId::parse(next()?)?;
        let resource = next()?.strip_prefix("secret:").ok_or(BAD)?;
        let fits = (1..=RESOURCE_MAX).contains(&resource.len())
            && resource.bytes().all(|byte| byte.is_ascii_graphic() && !b"*?:".contains(&byte));
        if !fits {
            return Err(BAD);
        }
        Ok(Self { registry: RegistryId { account, region }, resource: resource.into() })
    }
}

impl fmt::Display for SecretArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RegistryId { account, region } = &self.registry;
        write!(f, "arn:aws:secretsmanager:{region}:{account}:secret:{}", self.resource)
    }
}

/// The name of a secret, e.g. `ecr-pullthroughcache/docker-hub`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretName(Box<str>);
word!(SecretName);

const NAME_MAX: usize = 512;

impl SecretName {
    /// Reads letters, digits and `-/_+=.@!`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-/_+=.@!".contains(&byte);
        let fits = (1..=NAME_MAX).contains(&text.len()) && text.bytes().all(allowed);
        if fits { Ok(Self(text.into())) } else { Err(Malformed("the name of a secret")) }
    }

    /// The ARN of a secret of this name, with the characters that are added to it.
    pub fn arn(&self, registry: &RegistryId, added: &str) -> SecretArn {
        SecretArn { registry: registry.clone(), resource: format!("{self}-{added}").into() }
    }
}

/// A secret as clients name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// By its ARN, with the characters that are added to its name, or without.
    Arn(SecretArn),
    /// By its name, in the client's own account and Region.
    Named(RegistryId, Box<str>),
}

impl SecretRef {
    /// Reads an ARN or a name. A name that no secret can have names none.
    pub fn parse(text: &str, home: &RegistryId) -> Self {
        match SecretArn::parse(text) {
            Ok(arn) => Self::Arn(arn),
            Err(_) => Self::Named(home.clone(), text.into()),
        }
    }

    /// The account and Region that it would be in.
    pub fn registry(&self) -> &RegistryId {
        match self {
            Self::Arn(arn) => &arn.registry,
            Self::Named(registry, _) => registry,
        }
    }

    /// The ARN by which a secret that is not there is judged.
    pub fn judged_arn(&self) -> String {
        match self {
            Self::Arn(arn) => arn.to_string(),
            Self::Named(RegistryId { account, region }, name) => {
                format!("arn:aws:secretsmanager:{region}:{account}:secret:{name}-{ADDED}")
            }
        }
    }
}

/// In place of the characters that are added to a name when there is a secret.
const ADDED: &str = "??????";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_arns() {
        #[rustfmt::skip]
        let cases = [
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf", true,  "the usual"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:hub",                             true,  "without what is added"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:hub",                                    false, "no resource type"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:",                                false, "no name"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:*",                               false, "a pattern is not a name"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:a:b",                             false, "a colon"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:a b",                             false, "a space"),
            ("arn:aws:secretsmanager:us-east-1:12345:secret:hub",                                    false, "no account"),
            ("arn:aws:ssm:us-east-1:123456789012:secret:hub",                                        false, "another service"),
            ("hub",                                                                                  false, "a bare name"),
            ("",                                                                                     false, "empty"),
        ];
        for (text, accepted, because) in cases {
            let parsed = SecretArn::parse(text);
            assert_eq!(parsed.is_ok(), accepted, "{text:?}: {because}");
            if let Ok(arn) = parsed {
                assert_eq!(arn.to_string(), text, "an ARN prints as it was written");
            }
        }
        let long =
            format!("arn:aws:secretsmanager:us-east-1:123456789012:secret:{}", "a".repeat(520));
        assert!(SecretArn::parse(&long).is_err());
    }
}
