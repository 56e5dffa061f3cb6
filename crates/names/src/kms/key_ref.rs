use std::fmt;

use super::{AliasName, KmsKeyId};
use crate::{AccountId, Malformed, Region, RegistryId};

/// The ARN of a KMS key: `arn:aws:kms:REGION:ACCOUNT:key/ID`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KmsKeyArn {
    /// Its account and Region.
    pub registry: RegistryId,
    /// Its id.
    pub id: KmsKeyId,
}

/// The ARN of an alias: `arn:aws:kms:REGION:ACCOUNT:alias/NAME`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KmsAliasArn {
    /// Its account and Region.
    pub registry: RegistryId,
    /// Its name, with `alias/`.
    pub name: AliasName,
}

/// A KMS key as clients name it: by its id, its ARN, an alias, or an alias's ARN.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KmsKeyRef {
    /// The key itself.
    Key(KmsKeyArn),
    /// The key that an alias is for.
    Alias(KmsAliasArn),
}

/// Why a text names no KMS key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoKmsKey {
    /// It is an ARN, but none of a key or alias.
    Arn,
    /// It is the ARN of something in another Region.
    Region(Region),
    /// It is no id.
    Id,
    /// It is no name of an alias.
    Alias,
}

/// The longest text that KMS takes.
const BYTES_MAX: usize = 2048;

impl KmsKeyArn {
    /// Reads the ARN of a key of any account and Region.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("the ARN of a KMS key");
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(BAD);
        if (next()?, next()?, next()?) != ("arn", "aws", "kms") {
            return Err(BAD);
        }
        let region = Region::parse(next()?)?;
        let account = AccountId::parse(next()?)?;
        let id = KmsKeyId::parse(next()?.strip_prefix("key/").ok_or(BAD)?)?;
        Ok(Self { registry: RegistryId { account, region }, id })
    }
}

impl KmsKeyRef {
    /// Reads a text that a client in this account and Region sent.
    pub fn parse(text: &str, home: &RegistryId) -> Result<Self, NoKmsKey> {
        if text.len() > BYTES_MAX {
            return Err(NoKmsKey::Id);
        }
        if text.starts_with("arn:") {
            return Self::parse_arn(text, home);
        }
        let registry = home.clone();
        if text.starts_with("alias/") {
            let name = AliasName::parse(text).map_err(|_| NoKmsKey::Alias)?;
            return Ok(Self::Alias(KmsAliasArn { registry, name }));
        }
        let id = KmsKeyId::parse(text).map_err(|_| NoKmsKey::Id)?;
        Ok(Self::Key(KmsKeyArn { registry, id }))
    }

    fn parse_arn(text: &str, home: &RegistryId) -> Result<Self, NoKmsKey> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(NoKmsKey::Arn);
        if (next()?, next()?, next()?) != ("arn", "aws", "kms") {
            return Err(NoKmsKey::Arn);
        }
        let region = Region::parse(next()?).map_err(|_| NoKmsKey::Arn)?;
        let account = AccountId::parse(next()?).map_err(|_| NoKmsKey::Arn)?;
        let resource = next()?;
        if region != home.region {
            return Err(NoKmsKey::Region(region));
        }
        let registry = RegistryId { account, region };
        if let Some(id) = resource.strip_prefix("key/") {
            let id = KmsKeyId::parse(id).map_err(|_| NoKmsKey::Arn)?;
            return Ok(Self::Key(KmsKeyArn { registry, id }));
        }
        let name = AliasName::parse(resource).map_err(|_| NoKmsKey::Arn)?;
        Ok(Self::Alias(KmsAliasArn { registry, name }))
    }

    /// The account and Region of what is named.
    pub fn registry(&self) -> &RegistryId {
        match self {
            Self::Key(KmsKeyArn { registry, .. }) | Self::Alias(KmsAliasArn { registry, .. }) => {
                registry
            }
        }
    }
}

impl fmt::Display for KmsKeyArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RegistryId { account, region } = &self.registry;
        write!(f, "arn:aws:kms:{region}:{account}:key/{}", self.id)
    }
}

impl fmt::Display for KmsAliasArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RegistryId { account, region } = &self.registry;
        write!(f, "arn:aws:kms:{region}:{account}:{}", self.name)
    }
}

impl fmt::Display for KmsKeyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(arn) => arn.fmt(f),
            Self::Alias(arn) => arn.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_in_four_ways() {
        const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
        let home = RegistryId {
            account: AccountId::parse("123456789012").unwrap(),
            region: Region::parse("us-east-1").unwrap(),
        };
        let arn = |rest: &str| format!("arn:aws:kms:us-east-1:123456789012:{rest}");
        let (key, alias) = (arn(&format!("key/{ID}")), arn("alias/images"));
        let foreign = format!("arn:aws:kms:us-east-1:210987654321:key/{ID}");
        let elsewhere = format!("arn:aws:kms:eu-west-1:123456789012:key/{ID}");
        let away = NoKmsKey::Region(Region::parse("eu-west-1").unwrap());
        #[rustfmt::skip]
        let cases = [
            // text                          is                           because
            (ID,                              Ok(key.as_str()),            "an id"),
            (key.as_str(),                    Ok(key.as_str()),            "an ARN"),
            ("alias/images",                  Ok(alias.as_str()),          "an alias"),
            (alias.as_str(),                  Ok(alias.as_str()),          "an alias's ARN"),
            (foreign.as_str(),                Ok(foreign.as_str()),        "another account's"),
            (elsewhere.as_str(),              Err(away),                   "another Region's"),
            ("images",                        Err(NoKmsKey::Id),           "no id"),
            ("",                              Err(NoKmsKey::Id),           "empty"),
            ("alias/a b",                     Err(NoKmsKey::Alias),        "no name of an alias"),
            ("arn:aws:kms:us-east-1",         Err(NoKmsKey::Arn),          "it ends early"),
            ("arn:aws:s3:us-east-1:123456789012:key/a", Err(NoKmsKey::Arn), "another service's"),
            ("arn:aws:kms:us-east-1:123456789012:key/a", Err(NoKmsKey::Arn), "no id in it"),
            ("arn:aws:kms:us-east-1:1:key/a", Err(NoKmsKey::Arn),          "no account in it"),
        ];
        for (text, expected, because) in cases {
            let read = KmsKeyRef::parse(text, &home).map(|read| read.to_string());
            assert_eq!(read, expected.map(str::to_owned), "{text}: {because}");
        }
    }
}
