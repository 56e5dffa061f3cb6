//! The grants by which ECR uses a KMS key in the name of a repository.
//!
//! As in AWS there are two: both let the service generate and decrypt data keys for the encryption
//! context that names the repository, and both can be retired by the service. They are made and
//! retired in the transaction that makes and deletes the repository.
//!
//! # Invariants
//! * Whether ECR may use a key for a repository is decided by the grants that are there, and not by
//!   who made them: an administrator who revoked the grants can restore access with an equal one.
//! * A grant does not help against a `Deny` in the key's policy.

use db::{DbError, GrantParty, KmsGrant, KmsKey, Tx};
use keys::customer_keys::KeyContext;
use names::{
    AccountId, GrantId, GrantOperation, KmsKeyArn, KmsKeyId, Region, RepositoryArn, Timestamp,
};
use policy::{
    Context, DocumentKind, GrantConstraint, KeyPolicies, Policies, Request, SourceKind, Subject,
    Verdict, evaluate,
};

use super::grant_constraint;
use super::rights::attached;
use crate::Iam;

/// What ECR does with a key.
pub const ECR_OPERATIONS: [GrantOperation; 2] =
    [GrantOperation::Decrypt, GrantOperation::GenerateDataKey];

/// ECR, as the subject of a decision. Policies may also name it with a Region.
const ECR: &str = "ecr.amazonaws.com";

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

/// The first of ECR's operations with the key that no grant allows it for the repository.
pub fn not_granted_to_ecr(
    tx: &mut Tx<'_>,
    key: &KmsKeyArn,
    repository: &RepositoryArn,
) -> Result<Option<GrantOperation>, DbError> {
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
            break;
        }
    }
    Ok(missing.first().copied())
}

/// Whether a grant is for data keys of the repository's objects.
fn applies(grant: &KmsGrant, repository: &RepositoryArn) -> bool {
    let context = KeyContext::of_any_object(repository);
    let arn = repository.to_string();
    grant.source_arn.as_ref().is_none_or(|source| *source == arn)
        && grant_constraint::of(grant).is_ok_and(|constraint| constraint.allows(Some(&context)))
}

impl Iam {
    /// The first of ECR's operations that the key's policy denies it for objects of the repository.
    /// Whether anything allows them is another question.
    pub fn denied_to_ecr(
        &self,
        key: &KmsKey,
        repository: &RepositoryArn,
        now: Timestamp,
    ) -> Option<GrantOperation> {
        let name = key.arn.to_string();
        let document = self.rights.compiled.document(DocumentKind::Key, &key.policy, &name);
        let policy = attached(SourceKind::Key, &name, document);
        let key_policies = KeyPolicies { policy, grants: Vec::new() };
        let policies = Policies { key: Some(&key_policies), ..Policies::default() };
        let (service, arn) = (ecr_in(&key.arn.registry.region), repository.to_string());
        let pairs = KeyContext::of_any_object(repository);
        let mut context = Context::new();
        context.set_time(now);
        let subject = Subject::Service(ECR);
        context.set_subject(&subject, None);
        context.set("aws:RequestedRegion", key.arn.registry.region.as_str());
        context.set("aws:ResourceAccount", key.arn.registry.account.as_str());
        context.set("aws:SecureTransport", true);
        context.set("aws:SourceAccount", repository.registry.account.as_str());
        context.set("aws:SourceArn", arn.as_str());
        context.set("kms:CallerAccount", repository.registry.account.as_str());
        context.set("kms:ViaService", service.as_str());
        context.set_many("kms:EncryptionContextKeys", pairs.keys().map(String::as_str));
        for (key, value) in &pairs {
            context.set(format!("kms:EncryptionContext:{key}"), value.as_str());
        }
        ECR_OPERATIONS.into_iter().find(|operation| {
            let request = Request {
                subject,
                action: &format!("kms:{operation}"),
                resource: &name,
                resource_account: &key.arn.registry.account,
                context: &context,
            };
            evaluate(&request, &policies).verdict == Verdict::ExplicitDeny
        })
    }
}
