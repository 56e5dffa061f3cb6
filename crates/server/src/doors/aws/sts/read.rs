//! Input members that several operations of STS share.

use iam::{SessionLimits, StsRefusal, WantedRole};
use names::{PolicyArn, SessionName};
use operations::Refusal;
use wire::aws::WireRefusal;
use wire::aws::sts::{PolicyDescriptorType, Tag};

use super::super::call::Target;
use super::super::failure::{Refused, tell};
use crate::guard::Resource;

/// No subject for the guard: the operation needs no permission, or its verb asks for it.
pub(in crate::doors::aws) struct Unguarded;

impl Target for Unguarded {
    fn resources(&self) -> Vec<Resource> {
        Vec::new()
    }
}

/// The limits of a session.
pub(super) fn limits(
    policy: Option<String>,
    policy_arns: Option<Vec<PolicyDescriptorType>>,
    tags: Option<Vec<Tag>>,
    transitive_tag_keys: Option<Vec<String>>,
) -> Result<SessionLimits, WireRefusal> {
    let arns = policy_arns.unwrap_or_default().into_iter();
    let arns = arns.filter_map(|PolicyDescriptorType { arn }| arn);
    Ok(SessionLimits {
        policy,
        policy_arns: arns.map(|arn| policy_arn(&arn)).collect::<Result<_, _>>()?,
        tags: tags.unwrap_or_default().into_iter().map(|Tag { key, value }| (key, value)).collect(),
        transitive_tag_keys: transitive_tag_keys.unwrap_or_default(),
    })
}

fn policy_arn(arn: &str) -> Result<PolicyArn, WireRefusal> {
    PolicyArn::parse(arn).map_err(|_| invalid(&format!("ARN {arn} is not valid.")))
}

fn invalid(text: &str) -> WireRefusal {
    tell(&Refusal::Sts(StsRefusal::ValidationError(text.to_owned())))
}

/// The role that an ARN names.
pub(super) fn role(arn: &str) -> Result<WantedRole, WireRefusal> {
    WantedRole::parse(arn).ok_or_else(|| invalid("Request ARN is invalid"))
}

/// The model allows characters that our names do not: letters of other alphabets, which `\w`
/// includes.
pub(super) fn session_name(text: &str) -> Result<SessionName, WireRefusal> {
    SessionName::parse(text).map_err(|_| invalid("The name of the session is not valid"))
}

/// Seconds, which the model has bounded.
pub(super) fn seconds(duration: Option<i64>) -> Option<u64> {
    duration.and_then(|seconds| u64::try_from(seconds).ok())
}

/// No user has a second factor here, so no code can be right.
pub(super) fn require_no_mfa(
    serial_number: Option<&str>,
    token_code: Option<&str>,
) -> Result<(), Refused> {
    if serial_number.is_none() && token_code.is_none() {
        return Ok(());
    }
    Err(Refused::from(Refusal::Sts(StsRefusal::AccessDenied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number \
         is valid and associated with this user."
            .to_owned(),
    ))))
}
