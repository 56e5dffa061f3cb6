//! The repositories that objects speak of.

use db::{NewRepository, Repository, Tx};
use names::{EncryptionKey, RegistryId, RepositoryArn, Timestamp};

use crate::operations::require_repository;
use crate::repository::create_repository::grants;
use crate::{Failure, RepositorySettings};

/// The repository, created with default settings if it does not exist. Returns whether it is new.
/// ECR gets grants on its KMS key, as when it was created.
pub(super) fn open_repository(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    encryption_key: &EncryptionKey,
    now: Timestamp,
) -> Result<(Repository, bool), Failure> {
    if let Some(known) = tx.find_repository(&arn.registry, &arn.repository)? {
        return Ok((known, false));
    }
    let RepositorySettings { mutability, exclusion_filters, scan_on_push, .. } =
        RepositorySettings::default();
    let kms_grants = grants(tx, encryption_key, arn, now)?;
    let new = NewRepository {
        name: arn.repository.clone(),
        mutability,
        exclusion_filters,
        scan_on_push,
        encryption: encryption_key.encryption_type(),
        encryption_key: encryption_key.clone(),
        kms_grants,
    };
    let registry = tx.open_registry(&arn.registry, now)?;
    let is_new = tx.insert_repository(registry, &new, now)?.is_some();
    Ok((require_repository(tx, arn)?, is_new))
}

/// A repository's name as objects spell it.
pub(super) fn parse_arn(account: &str, region: &str, repository: &str) -> Option<RepositoryArn> {
    let (account, region) = (account.parse().ok()?, region.parse().ok()?);
    let registry = RegistryId { account, region };
    Some(RepositoryArn { registry, repository: repository.parse().ok()? })
}
