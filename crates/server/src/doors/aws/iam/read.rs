//! Input members that several operations of IAM share, parsed.

use iam::{Failure, IamRefusal};
use names::PolicyArn;
use policy::{IdentityPolicy, Malformed, TrustPolicy};

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

/// A policy of a user, group or role, or a managed one.
pub(super) fn identity_policy(text: &str) -> Result<IdentityPolicy, Refused> {
    IdentityPolicy::parse(text).map_err(|malformed| refuse(&malformed))
}

/// The trust policy of a role.
pub(super) fn trust_policy(text: &str) -> Result<TrustPolicy, Refused> {
    TrustPolicy::parse(text).map_err(|malformed| refuse(&malformed))
}

fn refuse(malformed: &Malformed) -> Refused {
    Failure::from(IamRefusal::MalformedPolicyDocument(malformed.to_string())).into()
}
