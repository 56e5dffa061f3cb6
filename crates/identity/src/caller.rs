use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use names::{AccountId, Principal, Region, RegistryId, Session};

/// An authenticated caller. There is no anonymous caller: a client that proves nothing gets none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The principal.
    pub principal: Principal,
    /// The access key that vouched for it, itself or through a token.
    pub access_key_id: AccessKeyId,
    /// The Region that the request is for.
    pub region: Region,
    /// The session of temporary credentials; `None` for long-term keys.
    pub session: Option<Arc<Session>>,
}

impl Caller {
    /// The caller's account.
    pub fn account(&self) -> &AccountId {
        self.principal.account()
    }

    /// The registry that is meant when the request names none: the caller's own, here.
    pub fn registry(&self) -> RegistryId {
        RegistryId { account: self.account().clone(), region: self.region.clone() }
    }

    /// The caller's ARN, as `GetCallerIdentity` and refusals print it.
    pub fn arn(&self) -> String {
        self.principal.arn()
    }
}

/// The public half of an access key, e.g. `AKIAIOSFODNN7EXAMPLE`: 1 to 128 word characters.
///
/// AWS's own have 20; shorter ones are allowed because people choose `test` for their laptop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccessKeyId(Box<str>);

const ACCESS_KEY_ID_LENGTH_MAX: usize = 128;

impl AccessKeyId {
    /// Reads letters, digits and underscores.
    pub fn parse(text: &str) -> Result<Self, MalformedAccessKeyId> {
        let fits = (1..=ACCESS_KEY_ID_LENGTH_MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if fits { Ok(Self(text.into())) } else { Err(MalformedAccessKeyId) }
    }

    /// The id as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccessKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AccessKeyId {
    type Err = MalformedAccessKeyId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// A text that is not an access key id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedAccessKeyId;

impl fmt::Display for MalformedAccessKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an access key id")
    }
}

impl std::error::Error for MalformedAccessKeyId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_key_ids() {
        #[rustfmt::skip]
        let cases = [
            // text                 accepted  because
            ("AKIAIOSFODNN7EXAMPLE", true,    "the usual"),
            ("test",                 true,    "a laptop's"),
            ("under_score",          true,    "a word character"),
            ("",                     false,   "empty"),
            ("AKIA/2026",            false,   "a slash would split the credential"),
            ("AKIA EXAMPLE",         false,   "a space"),
            ("AKIÄ",                 false,   "not ASCII"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(AccessKeyId::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
        assert!(AccessKeyId::parse(&"A".repeat(128)).is_ok());
        assert!(AccessKeyId::parse(&"A".repeat(129)).is_err());
    }

    #[test]
    fn the_root_of_an_account_has_an_arn() {
        let account = AccountId::parse("123456789012").unwrap();
        let caller = Caller {
            principal: Principal::Root { account: account.clone() },
            access_key_id: AccessKeyId::parse("AKIAEXAMPLE").unwrap(),
            region: Region::parse("eu-central-1").unwrap(),
            session: None,
        };
        assert_eq!(caller.arn(), "arn:aws:iam::123456789012:root");
        assert_eq!(caller.registry(), RegistryId { account, region: caller.region.clone() });
    }
}
