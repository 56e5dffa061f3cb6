//! The operations without a signature: their input names the caller.

use names::{Region, RegistryId};
use wire::aws::sts::AssumeRoleWithWebIdentityResponse;
use wire::aws::{Operation, sts};

use super::failure::Refused;
use super::recording::call;
use super::sts::assume_role_with_web_identity::assume_role_with_web_identity;
use super::words::Words;
use crate::audit::{Identity, Recording, Subject, tell};
use crate::doors::Doors;
use crate::guard::RequestFrom;

/// The one there is.
pub(super) const UNSIGNED: Operation = Operation::Sts(sts::Operation::AssumeRoleWithWebIdentity);

/// Performs it. A signature, if there is one, is ignored.
pub(super) async fn perform_unsigned(
    doors: &Doors,
    from: &RequestFrom,
    words: &Words<'_>,
) -> Result<Vec<u8>, Refused> {
    // Without a signature the call names no Region; it is for the server's own.
    let region = &doors.endpoints.default.region;
    let input: sts::AssumeRoleWithWebIdentityRequest = words.read(UNSIGNED)?;
    let role_arn = input.role_arn.clone();
    let session = input.role_session_name.clone();
    let output = assume_role_with_web_identity(doors, from, region, input).await?;
    if let Some(recording) = recording((doors, from), region, (&role_arn, &session), &output) {
        recording.end(None).await?;
    }
    Ok(words.write(UNSIGNED, &output, &from.id))
}

/// The record, in the account of the role. A call that was refused has none: anyone can make one,
/// about any account.
fn recording<'a>(
    (doors, from): (&'a Doors, &RequestFrom),
    region: &Region,
    (role_arn, session): (&str, &str),
    output: &AssumeRoleWithWebIdentityResponse,
) -> Option<Recording<'a>> {
    let account: names::AccountId = role_arn.split(':').nth(4)?.parse().ok()?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let identity = Identity::WebIdentity {
        registry: RegistryId { account: account.clone(), region: region.clone() },
        provider: text(&output.provider),
        subject: text(&output.subject_from_web_identity_token),
        audience: text(&output.audience),
    };
    let input = serde_json::json!({ "roleArn": role_arn, "roleSessionName": session });
    let answer = serde_json::to_value(output).ok()?;
    Some(Recording::of(doors, || {
        let mut call = call(identity, from.clone(), UNSIGNED);
        call.parameters = tell(&input);
        call.answer = tell(&answer);
        call.subjects = vec![Subject { arn: role_arn.to_owned(), account }];
        call
    }))
}
