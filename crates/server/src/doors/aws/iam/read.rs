//! Input members that several operations of IAM share, parsed.

use iam::{Failure, IamRefusal};
use names::PolicyArn;

use super::super::failure::Refused;

/// The managed policy that an input names.
pub(super) fn policy_arn(text: &str) -> Result<PolicyArn, Refused> {
    PolicyArn::parse(text).map_err(|_| {
        let words = format!("ARN {text} is not valid.");
        Failure::from(IamRefusal::InvalidInput(words)).into()
    })
}

/// The managed policy that is to bound a user or role.
pub(super) fn boundary(text: Option<&str>) -> Result<Option<PolicyArn>, Refused> {
    text.map(policy_arn).transpose()
}
