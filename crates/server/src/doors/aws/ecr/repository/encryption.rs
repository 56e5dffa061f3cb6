//! `encryptionConfiguration`: which key a repository is to have, and whether the caller may.
//!
//! A KMS key is judged as if the caller created the grants itself, by way of ECR: it needs
//! `kms:DescribeKey` and `kms:CreateGrant` on the key. What KMS refuses, ECR passes on as a
//! `KmsException`.

use iam::service_grants::{ECR_OPERATIONS, ecr_in};
use kms::Kms;
use names::{EncryptionKey, GrantOperation, KmsKeyArn, KmsKeyRef, RegistryId, RepositoryArn};
use operations::{EncryptionRefusal, Failure, Refusal};
use wire::aws::WireRefusal;
use wire::aws::ecr::{EncryptionConfiguration, EncryptionType, Exception};

use crate::doors::aws::call::Context;
use crate::doors::aws::failure::{Refused, kms_exception};
use crate::doors::aws::kms::on_key::{OnKey, on_key};
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
    match find_allowed_key(context, repository, named).await {
        Ok(key) => Ok(EncryptionKey::from(&key)),
        Err(refused) => Err(as_kms_exception(refused)),
    }
}

/// Requires that the caller may take what a repository holds from under its key, by way of ECR.
pub(in crate::doors::aws) async fn require_leave(
    context: &Context<'_>,
    repository: &RepositoryArn,
    key: &EncryptionKey,
) -> Result<(), Refused> {
    let Some(arn) = key.kms() else { return Ok(()) };
    let by_way_of_ecr =
        RequestKeys::default().with("kms:ViaService", ecr_in(&repository.registry.region));
    let key = if context.doors.external_keys.serves(&arn.to_string()) {
        OnKey::elsewhere(context.caller, arn)
    } else {
        on_key(context.caller, &arn.to_string())?
    };
    let judged = key.authorize(context, "kms:ReEncryptFrom", by_way_of_ecr).await;
    judged.map(drop).map_err(as_kms_exception)
}

/// The same, refused in KMS's own words.
pub(in crate::doors::aws::ecr) async fn find_allowed_key(
    context: &Context<'_>,
    repository: &RepositoryArn,
    named: Option<&str>,
) -> Result<KmsKeyArn, Refused> {
    let (caller, kms, registry) = (context.caller, &context.doors.kms, &repository.registry);
    let asked = named.and_then(|named| KmsKeyRef::parse(named, registry).ok());
    if let Some(asked) = asked.filter(|it| context.doors.external_keys.serves(&it.to_string())) {
        return find_allowed_external_key(context, repository, asked).await;
    }
    let named = match named {
        Some(named) if !is_of_managed_key(named, registry) => named.to_owned(),
        Some(_) | None => kms.managed_key(registry).await?.to_string(),
    };
    let key = judged(context, on_key(caller, &named)?, registry).await?;
    let arn = key.arn()?;
    kms.require_for_data_keys(&arn).await?;
    Ok(arn)
}

/// The same for a key of another service. It has no grants of ours: the policies here decide
/// whether the caller may name it, and the service whether this server may use it.
async fn find_allowed_external_key(
    context: &Context<'_>,
    repository: &RepositoryArn,
    asked: KmsKeyRef,
) -> Result<KmsKeyArn, Refused> {
    let external = &context.doors.external_keys;
    let arn = match asked {
        KmsKeyRef::Key(arn) => arn,
        KmsKeyRef::Alias(alias) => external.resolve(&alias).await.map_err(Failure::from)?,
    };
    judged(context, OnKey::elsewhere(context.caller, arn.clone()), &repository.registry).await?;
    external.require_usable(&arn, repository).await.map_err(Failure::from)?;
    Ok(arn)
}

/// Judges the caller as if it created ECR's grants itself.
async fn judged(
    context: &Context<'_>,
    key: OnKey,
    registry: &RegistryId,
) -> Result<OnKey, Refused> {
    let service = ecr_in(&registry.region);
    let by_way_of_ecr = RequestKeys::default().with("kms:ViaService", &service);
    let grant = by_way_of_ecr
        .clone()
        .with("kms:GrantIsForAWSResource", "true")
        .with("kms:GrantConstraintType", "EncryptionContextSubset")
        .with("kms:GranteePrincipal", &service)
        .with("kms:RetiringPrincipal", &service)
        .with_many("kms:GrantOperations", ECR_OPERATIONS.map(GrantOperation::as_str));
    let key = key.authorize(context, "kms:DescribeKey", by_way_of_ecr).await?;
    key.arn()?;
    key.authorize(context, "kms:CreateGrant", grant).await
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
