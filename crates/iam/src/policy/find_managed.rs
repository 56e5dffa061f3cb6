//! The managed policy that an ARN names.

use db::{IamPolicy, Tx};
use names::{AccountId, PolicyArn, PolicyName};

use crate::aws_managed::{self, AwsManagedPolicy};
use crate::{Failure, Missing};

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

/// The managed policy that the account knows by this ARN: its own or AWS's.
pub(crate) fn find_managed(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &PolicyArn,
) -> Result<Option<Found>, Failure> {
    if arn.is_of_aws() {
        return Ok(aws_managed::find(arn).map(Found::Aws));
    }
    Ok(find_local(tx, account, arn)?.map(Found::Local))
}

/// The account's own managed policy with this ARN.
fn find_local(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &PolicyArn,
) -> Result<Option<IamPolicy>, Failure> {
    let Some(named) = arn.local().filter(|named| named.account == *account) else {
        return Ok(None);
    };
    let found = tx.find_policy(account, &named.name)?;
    Ok(found.filter(|policy| policy.path == named.path && policy.name == named.name))
}

/// The managed policy, the account's own or AWS's, or the refusal that it is not there.
pub(crate) fn require_managed(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &PolicyArn,
) -> Result<Found, Failure> {
    find_managed(tx, account, arn)?.ok_or_else(|| Missing::Policy(arn.clone()).into())
}

/// The account's own managed policy, or the refusal that it has none.
pub(crate) fn require_local(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &PolicyArn,
) -> Result<IamPolicy, Failure> {
    find_local(tx, account, arn)?.ok_or_else(|| Missing::Policy(arn.clone()).into())
}

/// Requires that this policy can be a boundary: it is the account's own or AWS's.
pub(crate) fn require_boundary(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &PolicyArn,
) -> Result<(), Failure> {
    match find_managed(tx, account, arn)? {
        Some(_) => Ok(()),
        None => Err(Missing::Boundary(arn.clone()).into()),
    }
}
