//! Verify.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{VerifyRequest, VerifyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::{end_dry_run, message, signing_algorithm, signing_keys};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct Verify;

impl Call for Verify {
    type Input = VerifyRequest;
    type Target = OnKey;
    type Output = VerifyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        signing_keys(input.signing_algorithm, input.message_type)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let VerifyRequest {
            key_id: _,
            message: bytes,
            message_type,
            signature,
            signing_algorithm: wanted,
            grant_tokens,
            dry_run,
        } = input;
        let kms = &context.doors.kms;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let algorithm = signing_algorithm(wanted, target.standing()?.spec)?;
        let (arn, message) = (target.arn()?, message(message_type, &bytes)?);
        kms.verify(&arn, algorithm, message, &signature).await?;
        end_dry_run(dry_run)?;
        Ok(VerifyResponse {
            key_id: Some(arn.to_string()),
            signature_valid: Some(true),
            signing_algorithm: Some(wanted),
        })
    }
}
