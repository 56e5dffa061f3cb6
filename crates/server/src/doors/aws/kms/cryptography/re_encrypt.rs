//! ReEncrypt.

use identity::Caller;
use kms::Ciphertext;
use wire::aws::WireRefusal;
use wire::aws::kms::{ReEncryptRequest, ReEncryptResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::null;
use crate::doors::aws::kms::on_key::{OnKey, on_key, on_key_of};
use crate::doors::aws::kms::read::{
    ALGORITHM, algorithm_key, encryption_context, end_dry_run, ignores_ciphertext,
    require_algorithm,
};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct ReEncrypt;

impl Call for ReEncrypt {
    type Input = ReEncryptRequest;
    type Target = OnKey;
    type Output = ReEncryptResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let target =
            on_key_of(caller, input.source_key_id.as_deref(), input.ciphertext_blob.as_deref())?;
        target.in_context(input.source_encryption_context.as_ref())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        algorithm_key(input.source_encryption_algorithm)
            .with("kms:ReEncryptOnSameKey", is_on_same_key(input).to_string())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let to = on_key(context.caller, &input.destination_key_id)?
            .in_context(input.destination_encryption_context.as_ref())?;
        let keys = Self::request_keys(&input);
        let to = to.authorize(context, "kms:ReEncryptTo", keys).await?;
        let ReEncryptRequest {
            ciphertext_blob: blob,
            source_encryption_context: old,
            destination_encryption_context: new,
            source_encryption_algorithm: old_algorithm,
            destination_encryption_algorithm: new_algorithm,
            grant_tokens,
            dry_run,
            dry_run_modifiers: modifiers,
            source_key_id: _,
            destination_key_id: _,
        } = input;
        let kms = &context.doors.kms;
        let (old, new) = (encryption_context(old)?, encryption_context(new)?);
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        require_algorithm(old_algorithm, target.standing()?.spec)?;
        require_algorithm(new_algorithm, to.standing()?.spec)?;
        let (from, to) = (target.arn()?, to.arn()?);
        if ignores_ciphertext(modifiers.as_deref()) {
            end_dry_run(dry_run)?;
        }
        let blob = blob.ok_or_else(|| null("ciphertextBlob"))?;
        let again = kms.re_encrypt((&from, &to), (&old, &new), &blob).await?;
        end_dry_run(dry_run)?;
        Ok(ReEncryptResponse {
            ciphertext_blob: Some(again.to.blob),
            source_key_id: Some(from.to_string()),
            key_id: Some(to.to_string()),
            source_encryption_algorithm: Some(ALGORITHM),
            destination_encryption_algorithm: Some(ALGORITHM),
            source_key_material_id: Some(again.from.to_string()),
            destination_key_material_id: Some(again.to.material.to_string()),
        })
    }
}

/// Whether both keys are one, as far as they are named alike: an alias is another name.
fn is_on_same_key(input: &ReEncryptRequest) -> bool {
    let id = |named: &str| named.rsplit('/').next().unwrap_or(named).to_owned();
    let from = match (&input.source_key_id, &input.ciphertext_blob) {
        (Some(named), _) => Some(id(named)),
        (None, Some(blob)) => Ciphertext::parse(blob).map(|read| read.key().to_string()),
        (None, None) => None,
    };
    from.is_some_and(|from| from == id(&input.destination_key_id))
}
