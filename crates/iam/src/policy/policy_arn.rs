//! The ARN of a managed policy, and the policy that it names.

use db::{IamPolicy, Tx};
use names::{AccountId, IamPath, PolicyName};

use crate::aws_managed::{self, AwsManagedPolicy};
use crate::{Failure, IamRefusal, Missing};

/// The parts of the ARN of an account's managed policy.
struct LocalArn {
    account: AccountId,
    path: IamPath,
    name: PolicyName,
}

/// A managed policy that was found.
pub(crate) enum Found {
    /// It is AWS's.
    Aws(&'static AwsManagedPolicy),
    /// It is the account's.
    Local(IamPolicy),
}

impl Found {
    pub(crate) fn name(&self) -> PolicyName {
        match self {
            Self::Local(policy) => policy.name.clone(),
            Self::Aws(policy) => policy.policy_name(),
        }
    }
}

/// Reads `arn:aws:iam::ACCOUNT:policy/PATH/NAME`.
fn read(arn: &str) -> Option<LocalArn> {
    let (account, path_and_name) = arn.strip_prefix("arn:aws:iam::")?.split_once(":policy")?;
    let slash = path_and_name.rfind('/')?;
    let (path, name) = path_and_name.split_at(slash + 1);
    Some(LocalArn {
        account: AccountId::parse(account).ok()?,
        path: IamPath::parse(path).ok()?,
        name: PolicyName::parse(name).ok()?,
    })
}

/// The managed policy that the account knows by this ARN: its own or AWS's.
pub(crate) fn find_managed(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &str,
) -> Result<Option<Found>, Failure> {
    if let Some(policy) = aws_managed::find(arn) {
        return Ok(Some(Found::Aws(policy)));
    }
    Ok(find_local(tx, account, arn)?.map(Found::Local))
}

/// The account's own managed policy with this ARN.
fn find_local(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &str,
) -> Result<Option<IamPolicy>, Failure> {
    let Some(LocalArn { account: owner, path, name }) = read(arn) else {
        // AWS's ARNs are well-formed, even if no such policy is built in.
        if arn.starts_with("arn:aws:iam::aws:policy/") {
            return Ok(None);
        }
        return Err(IamRefusal::InvalidInput(format!("ARN {arn} is not valid.")).into());
    };
    if owner != *account {
        return Ok(None);
    }
    let found = tx.find_policy(account, &name)?;
    Ok(found.filter(|policy| policy.path == path && policy.name == name))
}

/// The managed policy, the account's own or AWS's, or the refusal that it is not there.
pub(crate) fn require_managed(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &str,
) -> Result<Found, Failure> {
    find_managed(tx, account, arn)?.ok_or_else(|| Missing::Policy(arn.to_owned()).into())
}

/// The account's own managed policy, or the refusal that it has none.
pub(crate) fn require_local(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &str,
) -> Result<IamPolicy, Failure> {
    find_local(tx, account, arn)?.ok_or_else(|| Missing::Policy(arn.to_owned()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_of_managed_policies() {
        #[rustfmt::skip]
        let cases = [
            ("arn:aws:iam::123456789012:policy/push",         true,  "no path"),
            ("arn:aws:iam::123456789012:policy/team/ci/push", true,  "a path"),
            ("arn:aws:iam::aws:policy/push",                  false, "AWS's are not the account's"),
            ("arn:aws:iam::123456789012:policy/",             false, "no name"),
            ("arn:aws:iam::123456789012:role/push",           false, "a role"),
            ("arn:aws:iam::12345:policy/push",                false, "no account"),
            ("push",                                          false, "a bare name"),
        ];
        for (arn, accepted, because) in cases {
            assert_eq!(read(arn).is_some(), accepted, "{arn}: {because}");
        }
    }
}
