//! `encryptionConfiguration`: which key a repository is to have, and whether the caller may.
//!
//! A KMS key is judged as if the caller created the grants itself, by way of ECR: it needs
//! `kms:DescribeKey` and `kms:CreateGrant` on the key. What KMS refuses, ECR passes on as a
//! `KmsException`.

use iam::service_grants::{ECR_OPERATIONS, ecr_in};
use kms::Kms;
use names::{EncryptionKey, GrantOperation, KmsKeyArn, KmsKeyRef, RegistryId, RepositoryArn};
use operations::{EncryptionRefusal, Refusal};
use wire::aws::WireRefusal;
use wire::aws::ecr::{EncryptionConfiguration, EncryptionType, Exception};

use crate::doors::aws::call::Context;
use crate::doors::aws::failure::{Refused, kms_exception};
use crate::doors::aws::kms::on_key::on_key;
use crate::guard::RequestKeys;

/// How the bytes of a repository are to be encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// Under the registry's own key.
    Own,
    /// Under a KMS key.
    Kms,
}

/// Reads what the client wants.
pub(super) fn read(asked: Option<&EncryptionConfiguration>) -> Result<Encryption, Refused> {
    let Some(EncryptionConfiguration { encryption_type, kms_key }) = asked else {
        return Ok(Encryption::Own);
    };
    match (encryption_type, kms_key) {
        (EncryptionType::Aes256, None) => Ok(Encryption::Own),
        (EncryptionType::Aes256, Some(_)) => Err(WireRefusal::new(
            Exception::InvalidParameter,
            "Invalid encryption configuration: \
             Encryption key should not be set for AES256 encryption.",
        )
        .into()),
        (EncryptionType::Kms, _) => Ok(Encryption::Kms),
        (EncryptionType::KmsDsse, _) => {
            Err(Refusal::Encryption(EncryptionRefusal::TwoLayers).into())
        }
    }
}

/// The KMS key that the client names, or the one that ECR manages, if the caller may let ECR use it
/// and it can be used.
pub(in crate::doors::aws) async fn allowed_key(
    context: &Context<'_>,
    repository: &RepositoryArn,
    named: Option<&str>,
) -> Result<EncryptionKey, Refused> {
    match find_allowed_key(context, &repository.registry, named).await {
        Ok(key) => Ok(EncryptionKey::from(&key)),
        Err(refused) => Err(as_kms_exception(refused)),
    }
}

async fn find_allowed_key(
    context: &Context<'_>,
    registry: &RegistryId,
    named: Option<&str>,
) -> Result<KmsKeyArn, Refused> {
    let (caller, kms) = (context.caller, &context.doors.kms);
    let named = match named {
        Some(named) if !is_of_managed_key(named, registry) => named.to_owned(),
        Some(_) | None => kms.managed_key(registry).await?.to_string(),
    };
    let service = ecr_in(&registry.region);
    let by_way_of_ecr = RequestKeys::default().with("kms:ViaService", &service);
    let grant = by_way_of_ecr
        .clone()
        .with("kms:GrantIsForAWSResource", "true")
        .with("kms:GrantConstraintType", "EncryptionContextSubset")
        .with("kms:GranteePrincipal", &service)
        .with("kms:RetiringPrincipal", &service)
        .with_many("kms:GrantOperations", ECR_OPERATIONS.map(GrantOperation::as_str));
    let key = on_key(caller, &named)?.authorize(context, "kms:DescribeKey", by_way_of_ecr).await?;
    let arn = key.arn()?;
    key.authorize(context, "kms:CreateGrant", grant).await?;
    kms.require_for_data_keys(&arn).await?;
    Ok(arn)
}

/// Whether this is the alias of the key that ECR manages here, which is made when it is first
/// needed.
fn is_of_managed_key(named: &str, registry: &RegistryId) -> bool {
    match KmsKeyRef::parse(named, registry) {
        Ok(KmsKeyRef::Alias(alias)) => {
            alias.registry == *registry && Kms::is_of_managed_key(&alias.name)
        }
        Ok(KmsKeyRef::Key(_)) | Err(_) => false,
    }
}

/// What KMS says, in ECR's name.
fn as_kms_exception(refused: Refused) -> Refused {
    match refused {
        Refused::Told(told) => kms_exception(told.kind().name, told.message()).into(),
        Refused::Denied(denied) => {
            kms_exception("AccessDeniedException", &denied.to_string()).into()
        }
        refused @ (Refused::Verb(_) | Refused::Signature(_) | Refused::Fault(_)) => refused,
    }
}
