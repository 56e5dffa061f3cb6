//! GenerateDataKey.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{GenerateDataKeyRequest, GenerateDataKeyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::{
    algorithm_key, data_key_bytes, encryption_context, end_dry_run, require_no_recipient,
};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct GenerateDataKey;

impl Call for GenerateDataKey {
    type Input = GenerateDataKeyRequest;
    type Target = OnKey;
    type Output = GenerateDataKeyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)?.in_context(input.encryption_context.as_ref())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let _ = input;
        algorithm_key(None)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GenerateDataKeyRequest {
            key_id: _,
            encryption_context: pairs,
            number_of_bytes,
            key_spec,
            grant_tokens,
            recipient,
            dry_run,
        } = input;
        let kms = &context.doors.kms;
        let pairs = encryption_context(pairs)?;
        let bytes = data_key_bytes(number_of_bytes, key_spec)?;
        require_no_recipient(recipient.as_ref())?;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let arn = target.arn()?;
        let (plaintext, encrypted) = kms.generate_data_key(&arn, &pairs, bytes).await?;
        end_dry_run(dry_run)?;
        Ok(GenerateDataKeyResponse {
            ciphertext_blob: Some(encrypted.blob),
            plaintext: Some(plaintext.to_vec()),
            key_id: Some(arn.to_string()),
            ciphertext_for_recipient: None,
            key_material_id: Some(encrypted.material.to_string()),
        })
    }
}
