//! Encrypt.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{EncryptRequest, EncryptResponse};
use zeroize::Zeroizing;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::{
    ALGORITHM, algorithm_key, encryption_context, end_dry_run, require_algorithm,
};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct Encrypt;

impl Call for Encrypt {
    type Input = EncryptRequest;
    type Target = OnKey;
    type Output = EncryptResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)?.in_context(input.encryption_context.as_ref())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        algorithm_key(input.encryption_algorithm)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let EncryptRequest {
            key_id: _,
            plaintext,
            encryption_context: pairs,
            grant_tokens,
            encryption_algorithm: algorithm,
            dry_run,
        } = input;
        let kms = &context.doors.kms;
        let (plaintext, pairs) = (Zeroizing::new(plaintext), encryption_context(pairs)?);
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        require_algorithm(algorithm, target.standing()?.spec)?;
        let arn = target.arn()?;
        let encrypted = kms.encrypt(&arn, &pairs, &plaintext).await?;
        end_dry_run(dry_run)?;
        Ok(EncryptResponse {
            ciphertext_blob: Some(encrypted.blob),
            key_id: Some(arn.to_string()),
            encryption_algorithm: Some(ALGORITHM),
        })
    }
}
