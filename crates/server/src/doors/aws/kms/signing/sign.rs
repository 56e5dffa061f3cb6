//! Sign.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{SignRequest, SignResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::{end_dry_run, message, signing_algorithm, signing_keys};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct Sign;

impl Call for Sign {
    type Input = SignRequest;
    type Target = OnKey;
    type Output = SignResponse;

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
        let SignRequest {
            key_id: _,
            message: bytes,
            message_type,
            grant_tokens,
            signing_algorithm: wanted,
            dry_run,
        } = input;
        let kms = &context.doors.kms;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let algorithm = signing_algorithm(wanted, target.standing()?.spec)?;
        let (arn, message) = (target.arn()?, message(message_type, &bytes)?);
        let signature = kms.sign(&arn, algorithm, message).await?;
        end_dry_run(dry_run)?;
        Ok(SignResponse {
            key_id: Some(arn.to_string()),
            signature: Some(signature),
            signing_algorithm: Some(wanted),
        })
    }
}
