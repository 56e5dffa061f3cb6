//! Settings of IAM that have no meaning here: refused, rather than ignored.

use iam::{Failure, IamRefusal};

use super::super::failure::Refused;

fn refuse(is_set: bool, member: &str, because: &str) -> Result<(), Refused> {
    if is_set {
        let text = format!("{member} is not available in this deployment: {because}.");
        return Err(Failure::from(IamRefusal::InvalidInput(text)).into());
    }
    Ok(())
}

/// The duration of a console session.
pub(super) fn refuse_signin_duration(seconds: Option<i64>) -> Result<(), Refused> {
    let because = "there is no console to sign in to";
    refuse(seconds.is_some(), "MaxSigninSessionDuration", because)
}

/// The settings of trusted identity propagation.
pub(super) fn refuse_propagation(
    has_context_provider: bool,
    has_identity_center: bool,
) -> Result<(), Refused> {
    let because = "there is no trusted identity propagation";
    refuse(has_context_provider, "ContextProvider", because)?;
    let because = "there is no IAM Identity Center";
    refuse(has_identity_center, "IdentityCenterInstanceArn", because)
}
