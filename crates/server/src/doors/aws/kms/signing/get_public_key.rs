//! GetPublicKey.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{GetPublicKeyRequest, GetPublicKeyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::written::public_key;

pub(in crate::doors::aws) struct GetPublicKey;

impl Call for GetPublicKey {
    type Input = GetPublicKeyRequest;
    type Target = OnKey;
    type Output = GetPublicKeyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetPublicKeyRequest { key_id: _, grant_tokens } = input;
        let kms = &context.doors.kms;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let (key, public) = kms.get_public_key(&target.arn()?).await?;
        Ok(public_key(&key, public))
    }
}
