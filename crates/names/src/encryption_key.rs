use crate::kms::KmsKeyArn;
use crate::malformed::word;
use crate::{EncryptionType, Malformed};

/// The key that wraps the data keys of a repository's objects: the registry's own, or a KMS key by
/// its ARN.
///
/// Objects are shared only by repositories with the same one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EncryptionKey(Box<str>);
word!(EncryptionKey);

/// The registry's own key, which the keyring holds.
const OWN: &str = "default";

impl Default for EncryptionKey {
    fn default() -> Self {
        Self(OWN.into())
    }
}

impl From<&KmsKeyArn> for EncryptionKey {
    fn from(arn: &KmsKeyArn) -> Self {
        Self(arn.to_string().into())
    }
}

impl EncryptionKey {
    /// Reads `default`, or the ARN of a KMS key.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text != OWN {
            KmsKeyArn::parse(text)?;
        }
        Ok(Self(text.into()))
    }

    /// The KMS key; `None` if it is the registry's own.
    pub fn kms(&self) -> Option<KmsKeyArn> {
        KmsKeyArn::parse(&self.0).ok()
    }

    /// Whether it is a KMS key.
    pub fn is_kms(&self) -> bool {
        &*self.0 != OWN
    }

    /// The encryption type of a repository with this key.
    pub fn encryption_type(&self) -> EncryptionType {
        if self.is_kms() { EncryptionType::Kms } else { EncryptionType::Aes256 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encryption_keys() {
        let arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let alias = "arn:aws:kms:us-east-1:123456789012:alias/images";
        #[rustfmt::skip]
        let cases = [
            ("default", true,  None,      "the registry's own"),
            (arn,       true,  Some(arn), "a KMS key"),
            (alias,     false, None,      "an alias may come to name another key"),
            ("Default", false, None,      "case counts"),
            ("",        false, None,      "empty"),
        ];
        for (text, accepted, kms, because) in cases {
            let read = EncryptionKey::parse(text);
            assert_eq!(read.is_ok(), accepted, "{text}: {because}");
            let Ok(key) = read else { continue };
            assert_eq!(key.as_str(), text, "{because}");
            assert_eq!(key.kms().map(|arn| arn.to_string()).as_deref(), kms, "{because}");
            assert_eq!(key.is_kms(), kms.is_some(), "{because}");
        }
        assert_eq!(EncryptionKey::default().as_str(), "default");
    }
}
