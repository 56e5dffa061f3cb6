//! ARNs of managed policies.

use crate::{AccountId, IamPath, Malformed, PolicyName};

/// The ARN of a managed policy: `arn:aws:iam::ACCOUNT:policy/PATH/NAME` for an account's own, and
/// `arn:aws:iam::aws:policy/…` for one of AWS's. Proves nothing: the policy may not exist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyArn {
    text: Box<str>,
    /// `None` for AWS's.
    local: Option<LocalPolicy>,
}

/// What the ARN of an account's own managed policy says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalPolicy {
    /// The owner.
    pub account: AccountId,
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: PolicyName,
}

const PREFIX: &str = "arn:aws:iam::";
const AWS_PREFIX: &str = "arn:aws:iam::aws:policy/";
const BAD: Malformed = Malformed("the ARN of a managed policy");

impl PolicyArn {
    /// Reads the ARN of an account's own policy, or of one of AWS's. What follows the prefix of
    /// AWS's is for AWS to say.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.starts_with(AWS_PREFIX) {
            return Ok(Self { text: text.into(), local: None });
        }
        let (account, path_and_name) =
            text.strip_prefix(PREFIX).and_then(|rest| rest.split_once(":policy")).ok_or(BAD)?;
        let slash = path_and_name.rfind('/').ok_or(BAD)?;
        let (path, name) = path_and_name.split_at(slash + 1);
        let account = AccountId::parse(account).map_err(|_| BAD)?;
        let path = IamPath::parse(path).map_err(|_| BAD)?;
        let name = PolicyName::parse(name).map_err(|_| BAD)?;
        Ok(Self { text: text.into(), local: Some(LocalPolicy { account, path, name }) })
    }

    /// The ARN of an account's own policy.
    pub fn of_account(account: &AccountId, path: &IamPath, name: &PolicyName) -> Self {
        let text = format!("{PREFIX}{account}:policy{path}{name}").into();
        let (account, path, name) = (account.clone(), path.clone(), name.clone());
        Self { text, local: Some(LocalPolicy { account, path, name }) }
    }

    /// The ARN of a policy of AWS's.
    pub fn of_aws(path: &IamPath, name: &PolicyName) -> Self {
        Self { text: format!("{PREFIX}aws:policy{path}{name}").into(), local: None }
    }

    /// The ARN as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it says of an account's own policy; `None` for AWS's.
    pub fn local(&self) -> Option<&LocalPolicy> {
        self.local.as_ref()
    }

    /// Is it one of AWS's?
    pub fn is_of_aws(&self) -> bool {
        self.local.is_none()
    }

    /// The path of the policy, with both of its slashes.
    pub fn path(&self) -> &str {
        if let Some(local) = &self.local {
            return local.path.as_str();
        }
        let path_and_name = &self.text[AWS_PREFIX.len() - 1..];
        let end = path_and_name.rfind('/').map_or(0, |slash| slash + 1);
        &path_and_name[..end]
    }
}

impl std::fmt::Display for PolicyArn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for PolicyArn {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_of_managed_policies() {
        #[rustfmt::skip]
        let cases = [
            // ARN                                             path                    because
            ("arn:aws:iam::123456789012:policy/push",          Some("/"),              "filed nowhere"),
            ("arn:aws:iam::123456789012:policy/team/ci/push",  Some("/team/ci/"),      "filed with a team"),
            ("arn:aws:iam::123456789012:policy/a:policy/push", Some("/a:policy/"),     "the word again, in the path"),
            ("arn:aws:iam::aws:policy/push",                   Some("/"),              "AWS's"),
            ("arn:aws:iam::aws:policy/service-role/X",         Some("/service-role/"), "AWS's, with a path"),
            ("arn:aws:iam::aws:policy/a b",                    Some("/"),              "AWS's, which no policy has"),
            ("arn:aws:iam::123456789012:policy/",              None,                   "no name"),
            ("arn:aws:iam::123456789012:policypush",           None,                   "no slash"),
            ("arn:aws:iam::123456789012:policy/a b",           None,                   "no name has a space"),
            ("arn:aws:iam::123456789012:role/push",            None,                   "a role"),
            ("arn:aws:iam::12345:policy/push",                 None,                   "no account"),
            ("arn:aws-cn:iam::123456789012:policy/push",       None,                   "another partition"),
            ("push",                                           None,                   "a bare name"),
        ];
        for (text, path, because) in cases {
            let parsed = PolicyArn::parse(text).ok();
            assert_eq!(parsed.as_ref().map(PolicyArn::path), path, "{text}: {because}");
            if let Some(arn) = parsed {
                assert_eq!(arn.to_string(), text, "an ARN prints as it was written");
            }
        }
    }

    #[test]
    fn an_arn_that_is_made_reads_back() {
        let account = AccountId::parse("123456789012").unwrap();
        let (path, name) = (IamPath::parse("/team/").unwrap(), PolicyName::parse("push").unwrap());
        for made in [PolicyArn::of_account(&account, &path, &name), PolicyArn::of_aws(&path, &name)]
        {
            assert_eq!(PolicyArn::parse(made.as_str()), Ok(made.clone()));
        }
    }
}
