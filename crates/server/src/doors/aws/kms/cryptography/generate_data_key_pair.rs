//! GenerateDataKeyPair.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{GenerateDataKeyPairRequest, GenerateDataKeyPairResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::{
    algorithm_key, encryption_context, end_dry_run, pair_spec, require_no_recipient,
};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct GenerateDataKeyPair;

impl Call for GenerateDataKeyPair {
    type Input = GenerateDataKeyPairRequest;
    type Target = OnKey;
    type Output = GenerateDataKeyPairResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)?.in_context(input.encryption_context.as_ref())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        algorithm_key(None).with("kms:DataKeyPairSpec", input.key_pair_spec.as_str())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GenerateDataKeyPairRequest {
            encryption_context: pairs,
            key_id: _,
            key_pair_spec: spec,
            grant_tokens,
            recipient,
            dry_run,
        } = input;
        let kms = &context.doors.kms;
        let pairs = encryption_context(pairs)?;
        require_no_recipient(recipient.as_ref())?;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let arn = target.arn()?;
        let pair = kms.generate_data_key_pair(&arn, &pairs, pair_spec(spec)?).await?;
        end_dry_run(dry_run)?;
        Ok(GenerateDataKeyPairResponse {
            private_key_ciphertext_blob: Some(pair.encrypted.blob),
            private_key_plaintext: Some(pair.private.to_vec()),
            public_key: Some(pair.public),
            key_id: Some(arn.to_string()),
            key_pair_spec: Some(spec),
            ciphertext_for_recipient: None,
            key_material_id: Some(pair.encrypted.material.to_string()),
        })
    }
}
