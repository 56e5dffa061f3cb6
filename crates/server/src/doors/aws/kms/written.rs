//! Output members that several of KMS's operations share.

use ::kms::{DescribedKey, KeyState, KmsAlias, KmsKey, NamedGrant};
use iam::{grant_constraint, is_service};
use names::{KeySpec, KeyUsage, KmsKeyManager, SigningAlgorithm, Timestamp};
use policy::GrantConstraint;
use wire::aws::kms;

use super::super::failure::Refused;

/// A key as DescribeKey shows it.
pub(super) fn key_metadata(described: DescribedKey) -> kms::KeyMetadata {
    let DescribedKey { key, state } = described;
    let is_symmetric = !key.spec.is_asymmetric();
    let is_for_encryption = key.usage == KeyUsage::EncryptDecrypt;
    kms::KeyMetadata {
        aws_account_id: Some(key.arn.registry.account.to_string()),
        key_id: key.arn.id.to_string(),
        arn: Some(key.arn.to_string()),
        creation_date: Some(key.created_at.as_epoch_seconds()),
        enabled: Some(state == KeyState::Enabled),
        description: Some(key.description),
        key_usage: Some(usage(key.usage)),
        key_state: Some(key_state(state)),
        deletion_date: key.delete_at.map(Timestamp::as_epoch_seconds),
        valid_to: None,
        origin: Some(kms::OriginType::AwsKms),
        custom_key_store_id: None,
        cloud_hsm_cluster_id: None,
        expiration_model: None,
        key_manager: Some(match key.manager {
            KmsKeyManager::Aws => kms::KeyManagerType::Aws,
            KmsKeyManager::Customer => kms::KeyManagerType::Customer,
        }),
        customer_master_key_spec: master_key_spec(key.spec),
        key_spec: spec(key.spec),
        encryption_algorithms: is_for_encryption
            .then(|| vec![kms::EncryptionAlgorithmSpec::SymmetricDefault]),
        signing_algorithms: signing_algorithms(key.spec),
        key_agreement_algorithms: None,
        encapsulation_algorithms: None,
        multi_region: Some(false),
        multi_region_configuration: None,
        pending_deletion_window_in_days: None,
        mac_algorithms: None,
        xks_key_configuration: None,
        current_key_material_id: is_symmetric.then(|| key.material.to_string()),
    }
}

/// A pair of keys as GetPublicKey shows it.
pub(super) fn public_key(key: &KmsKey, public: Vec<u8>) -> kms::GetPublicKeyResponse {
    kms::GetPublicKeyResponse {
        key_id: Some(key.arn.to_string()),
        public_key: Some(public),
        customer_master_key_spec: master_key_spec(key.spec),
        key_spec: spec(key.spec),
        key_usage: Some(usage(key.usage)),
        encryption_algorithms: None,
        signing_algorithms: signing_algorithms(key.spec),
        key_agreement_algorithms: None,
        encapsulation_algorithms: None,
    }
}

/// The state of a key.
pub(super) fn key_state(state: KeyState) -> kms::KeyState {
    match state {
        KeyState::Enabled => kms::KeyState::Enabled,
        KeyState::Disabled => kms::KeyState::Disabled,
        KeyState::PendingDeletion => kms::KeyState::PendingDeletion,
    }
}

/// An alias.
pub(super) fn alias(alias: &KmsAlias) -> kms::AliasListEntry {
    kms::AliasListEntry {
        alias_name: Some(alias.arn.name.to_string()),
        alias_arn: Some(alias.arn.to_string()),
        target_key_id: Some(alias.key.to_string()),
        creation_date: Some(alias.created_at.as_epoch_seconds()),
        last_updated_date: Some(alias.updated_at.as_epoch_seconds()),
    }
}

/// A grant.
pub(super) fn grant(named: NamedGrant) -> Result<kms::GrantListEntry, Refused> {
    let NamedGrant { key, grant } = named;
    let constraint = grant_constraint::of(&grant).map_err(iam::Failure::from)?;
    let (mut equals, mut subset) = (None, None);
    match constraint {
        GrantConstraint::Any => {}
        GrantConstraint::Equals(context) => equals = Some(context),
        GrantConstraint::Subset(context) => subset = Some(context),
    }
    let is_bound = equals.is_some() || subset.is_some() || grant.source_arn.is_some();
    let retiree = grant.retiree.map(|retiree| retiree.shown);
    // With a source, a service is named as one; without, as any principal.
    let names_services = grant.source_arn.is_some();
    let split = |shown: Option<String>| {
        let is_service = names_services && shown.as_deref().is_some_and(is_service);
        if is_service { (None, shown) } else { (shown, None) }
    };
    let (grantee_principal, grantee_service_principal) = split(Some(grant.grantee.shown));
    let (retiring_principal, retiring_service_principal) = split(retiree);
    let operation = |word: &names::GrantOperation| kms::GrantOperation::from_word(word.as_str());
    Ok(kms::GrantListEntry {
        key_id: Some(key.to_string()),
        grant_id: Some(grant.id.to_string()),
        // AWS shows an empty name, too.
        name: Some(grant.name.unwrap_or_default()),
        creation_date: Some(grant.created_at.as_epoch_seconds()),
        grantee_principal,
        retiring_principal,
        issuing_account: Some(format!("arn:aws:iam::{}:root", grant.issuer)),
        operations: Some(grant.operations.iter().filter_map(operation).collect()),
        constraints: is_bound.then_some(kms::GrantConstraints {
            encryption_context_subset: subset,
            encryption_context_equals: equals,
            source_arn: grant.source_arn,
        }),
        grantee_service_principal,
        retiring_service_principal,
    })
}

fn spec(spec: KeySpec) -> Option<kms::KeySpec> {
    kms::KeySpec::from_word(spec.as_str())
}

fn master_key_spec(spec: KeySpec) -> Option<kms::CustomerMasterKeySpec> {
    kms::CustomerMasterKeySpec::from_word(spec.as_str())
}

fn usage(usage: KeyUsage) -> kms::KeyUsageType {
    match usage {
        KeyUsage::EncryptDecrypt => kms::KeyUsageType::EncryptDecrypt,
        KeyUsage::SignVerify => kms::KeyUsageType::SignVerify,
    }
}

fn signing_algorithms(spec: KeySpec) -> Option<Vec<kms::SigningAlgorithmSpec>> {
    let of = SigningAlgorithm::of(spec).iter();
    let words = of.filter_map(|word| kms::SigningAlgorithmSpec::from_word(word.as_str()));
    spec.is_asymmetric().then(|| words.collect())
}
