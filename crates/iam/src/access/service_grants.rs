//! The grants by which ECR uses a KMS key in the name of a repository.
//!
//! As in AWS there are two: both let the service generate and decrypt data keys for the encryption
//! context that names the repository, and both can be retired by the service. They are made and
//! retired in the transaction that makes and deletes the repository.
//!
//! # Invariants
//! * Whether ECR may use a key for a repository is decided by the grants that are there, and not by
//!   who made them: an administrator who revoked the grants can restore access with an equal one.

use db::{DbError, GrantParty, KmsGrant, Tx};
use keys::customer_keys::KeyContext;
use names::{
    AccountId, GrantId, GrantOperation, KmsKeyArn, KmsKeyId, Region, RepositoryArn, Timestamp,
};
use policy::GrantConstraint;

use super::grant_constraint;

/// What ECR does with a key.
pub const ECR_OPERATIONS: [GrantOperation; 2] =
    [GrantOperation::Decrypt, GrantOperation::GenerateDataKey];

/// How many grants there are for a repository.
const GRANTS: usize = 2;

/// How many grants for one context are looked at.
const LOOKED_AT_MAX: u32 = 16;

/// ECR in a Region, as grants and `kms:ViaService` name it.
pub fn ecr_in(region: &Region) -> String {
    format!("ecr.{region}.amazonaws.com")
}

/// Makes the grants. There are none on a key that is not in the rows: it belongs to another key
/// management service, whose own policies decide.
pub fn grant_to_ecr(
    tx: &mut Tx<'_>,
    key: &KmsKeyArn,
    repository: &RepositoryArn,
    issuer: &AccountId,
    now: Timestamp,
) -> Result<Vec<GrantId>, DbError> {
    if tx.find_kms_key(&key.id)?.is_none() {
        return Ok(Vec::new());
    }
    let service = ecr_in(&key.registry.region);
    let party = GrantParty { id: service.clone(), shown: service };
    let context = GrantConstraint::Subset(KeyContext::of_repository(repository));
    let mut made = Vec::with_capacity(GRANTS);
    for _ in 0..GRANTS {
        let grant = KmsGrant {
            key: key.id.clone(),
            id: GrantId::from_random(keys::random()),
            name: None,
            grantee: party.clone(),
            retiree: Some(party.clone()),
            operations: ECR_OPERATIONS.to_vec(),
            context: grant_constraint::kept(&context),
            source_arn: None,
            issuer: issuer.to_string(),
            created_at: now,
        };
        tx.insert_kms_grant(&grant)?;
        made.push(grant.id);
    }
    Ok(made)
}

/// Retires the grants. Some may have been revoked, and the key may be gone.
pub fn retire_from_ecr(tx: &mut Tx<'_>, key: &KmsKeyId, grants: &[GrantId]) -> Result<(), DbError> {
    for grant in grants {
        tx.delete_kms_grant(key, grant)?;
    }
    Ok(())
}

/// Whether the grants let ECR use the key for the repository.
pub fn ecr_may_use(
    tx: &mut Tx<'_>,
    key: &KmsKeyArn,
    repository: &RepositoryArn,
) -> Result<bool, DbError> {
    let service = ecr_in(&key.registry.region);
    let subset = GrantConstraint::Subset(KeyContext::of_repository(repository));
    let text = grant_constraint::kept(&subset).map(|(_, text)| text);
    let mut missing = ECR_OPERATIONS.to_vec();
    for context in [text.as_deref(), None] {
        let grants = tx.list_kms_grants_of_context(&key.id, &service, context, LOOKED_AT_MAX)?;
        for grant in grants.iter().filter(|grant| applies(grant, repository)) {
            missing.retain(|operation| !grant.operations.contains(operation));
        }
        if missing.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a grant is for data keys of the repository's objects.
fn applies(grant: &KmsGrant, repository: &RepositoryArn) -> bool {
    let context = KeyContext::of_any_object(repository);
    let arn = repository.to_string();
    grant.source_arn.as_ref().is_none_or(|source| *source == arn)
        && grant_constraint::of(grant).is_ok_and(|constraint| constraint.allows(Some(&context)))
}
