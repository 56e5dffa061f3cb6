//! Decrypt.

use identity::Caller;
use kms::Opened;
use wire::aws::WireRefusal;
use wire::aws::kms::{DecryptRequest, DecryptResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::null;
use crate::doors::aws::kms::on_key::{OnKey, on_key_of};
use crate::doors::aws::kms::read::{
    ALGORITHM, algorithm_key, encryption_context, end_dry_run, ignores_ciphertext,
    require_algorithm, require_no_recipient,
};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct Decrypt;

impl Call for Decrypt {
    type Input = DecryptRequest;
    type Target = OnKey;
    type Output = DecryptResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let target = on_key_of(caller, input.key_id.as_deref(), input.ciphertext_blob.as_deref())?;
        target.in_context(input.encryption_context.as_ref())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        algorithm_key(input.encryption_algorithm)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DecryptRequest {
            ciphertext_blob: blob,
            encryption_context: pairs,
            grant_tokens,
            key_id: _,
            encryption_algorithm: algorithm,
            recipient,
            dry_run,
            dry_run_modifiers: modifiers,
        } = input;
        let kms = &context.doors.kms;
        let pairs = encryption_context(pairs)?;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        require_no_recipient(recipient.as_ref())?;
        require_algorithm(algorithm, target.standing()?.spec)?;
        let arn = target.arn()?;
        if ignores_ciphertext(modifiers.as_deref()) {
            end_dry_run(dry_run)?;
        }
        let blob = blob.ok_or_else(|| null("ciphertextBlob"))?;
        let Opened { plaintext, material: id } = kms.decrypt(&arn, &pairs, &blob).await?;
        end_dry_run(dry_run)?;
        Ok(DecryptResponse {
            key_id: Some(arn.to_string()),
            plaintext: Some(plaintext.to_vec()),
            encryption_algorithm: Some(ALGORITHM),
            ciphertext_for_recipient: None,
            key_material_id: Some(id.to_string()),
        })
    }
}
