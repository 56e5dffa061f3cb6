//! GenerateDataKeyWithoutPlaintext.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{
    GenerateDataKeyWithoutPlaintextRequest, GenerateDataKeyWithoutPlaintextResponse,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::{
    algorithm_key, data_key_bytes, encryption_context, end_dry_run,
};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct GenerateDataKeyWithoutPlaintext;

impl Call for GenerateDataKeyWithoutPlaintext {
    type Input = GenerateDataKeyWithoutPlaintextRequest;
    type Target = OnKey;
    type Output = GenerateDataKeyWithoutPlaintextResponse;

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
        let GenerateDataKeyWithoutPlaintextRequest {
            key_id: _,
            encryption_context: pairs,
            key_spec,
            number_of_bytes,
            grant_tokens,
            dry_run,
        } = input;
        let kms = &context.doors.kms;
        let pairs = encryption_context(pairs)?;
        let bytes = data_key_bytes(number_of_bytes, key_spec)?;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let arn = target.arn()?;
        let encrypted = kms.generate_data_key_without_plaintext(&arn, &pairs, bytes).await?;
        end_dry_run(dry_run)?;
        Ok(GenerateDataKeyWithoutPlaintextResponse {
            ciphertext_blob: Some(encrypted.blob),
            key_id: Some(arn.to_string()),
            key_material_id: Some(encrypted.material.to_string()),
        })
    }
}
