//! CreateKey.

use identity::Caller;
use kms::{KmsRefusal, LockOut, NewKey};
use names::{AccountId, KeySpec, KeyUsage, RegistryId};
use wire::aws::WireRefusal;
use wire::aws::kms::{
    CreateKeyRequest, CreateKeyResponse, CustomerMasterKeySpec, KeyUsageType, OriginType,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::of_new_key;
use crate::doors::aws::kms::read::{require_few_tags, tag_keys, tags};
use crate::doors::aws::kms::written::key_metadata;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateKey;

impl Call for CreateKey {
    type Input = CreateKeyRequest;
    type Target = AccountId;
    type Output = CreateKeyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        require_few_tags(input.tags.as_ref().map_or(0, Vec::len))?;
        Ok(caller.account().clone())
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        let is_tagged = input.tags.as_ref().is_some_and(|tags| !tags.is_empty());
        if is_tagged { &["kms:TagResource"] } else { &[] }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let keys = tag_keys(input.tags.as_deref().unwrap_or_default());
        let usage = input.key_usage.unwrap_or(KeyUsageType::EncryptDecrypt);
        of_new_key(keys, wanted_spec(input), usage.as_str())
            .with("kms:BypassPolicyLockoutSafetyCheck", bypasses(input).to_string())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let keys = Self::request_keys(&input);
        let lock_out = if bypasses(&input) { LockOut::Meant } else { LockOut::Refused };
        let new = read(input, context.caller.registry())?;
        let asking = context.asking();
        let kms = &context.doors.kms;
        let key = kms.create_key(&asking.asker(), asking.context(&keys), new, lock_out).await?;
        Ok(CreateKeyResponse { key_metadata: Some(key_metadata(key)) })
    }
}

fn bypasses(input: &CreateKeyRequest) -> bool {
    input.bypass_policy_lockout_safety_check == Some(true)
}

/// The spec, under its newer name or its older one.
fn wanted_spec(input: &CreateKeyRequest) -> &'static str {
    let newer = input.key_spec.map(wire::aws::kms::KeySpec::as_str);
    let older = input.customer_master_key_spec.map(CustomerMasterKeySpec::as_str);
    newer.or(older).unwrap_or("SYMMETRIC_DEFAULT")
}

fn read(input: CreateKeyRequest, registry: RegistryId) -> Result<NewKey, KmsRefusal> {
    let spec = wanted_spec(&input);
    let CreateKeyRequest {
        policy,
        description,
        key_usage,
        customer_master_key_spec,
        key_spec,
        origin,
        custom_key_store_id,
        bypass_policy_lockout_safety_check: _,
        tags: wanted,
        multi_region,
        xks_key_id,
    } = input;
    if key_spec.is_some() && customer_master_key_spec.is_some() {
        let text = "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.";
        return Err(KmsRefusal::Validation(text.to_owned()));
    }
    let unsupported = |text: String| Err(KmsRefusal::Unsupported(text));
    if multi_region == Some(true) {
        return unsupported("Multi-Region keys are not supported.".to_owned());
    }
    if let Some(origin) = origin.filter(|origin| *origin != OriginType::AwsKms) {
        return unsupported(format!("Keys of origin {} are not supported.", origin.as_str()));
    }
    if custom_key_store_id.is_some() || xks_key_id.is_some() {
        return unsupported("Custom key stores are not supported.".to_owned());
    }
    let Ok(spec) = spec.parse::<KeySpec>() else {
        return unsupported(format!("KeySpec {spec} is not supported."));
    };
    Ok(NewKey {
        registry,
        description: description.unwrap_or_default(),
        spec,
        usage: usage(spec, key_usage)?,
        policy,
        tags: tags(wanted.unwrap_or_default()),
    })
}

/// What the key is for. A pair can be for several things, so it has to be said.
fn usage(spec: KeySpec, wanted: Option<KeyUsageType>) -> Result<KeyUsage, KmsRefusal> {
    let refuse = |text: String| Err(KmsRefusal::Validation(text));
    match (spec.is_asymmetric(), wanted) {
        (false, None | Some(KeyUsageType::EncryptDecrypt)) => Ok(KeyUsage::EncryptDecrypt),
        (true, Some(KeyUsageType::SignVerify)) => Ok(KeyUsage::SignVerify),
        (true, None) => refuse(
            "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.".to_owned(),
        ),
        (true, Some(KeyUsageType::EncryptDecrypt | KeyUsageType::KeyAgreement)) => {
            Err(KmsRefusal::Unsupported(format!(
                "Asymmetric keys are supported for signing only, not for {}.",
                wanted.map_or("", KeyUsageType::as_str)
            )))
        }
        (_, Some(other)) => {
            refuse(format!("KeyUsage {} is not compatible with KeySpec {spec}", other.as_str()))
        }
    }
}
