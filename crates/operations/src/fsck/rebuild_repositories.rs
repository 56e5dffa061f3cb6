//! The repositories that objects speak of.

use db::{NewRepository, Repository, Tx};
use names::{RegistryId, RepositoryArn, Timestamp};

use crate::operations::require_repository;
use crate::repository::create_repository::DEFAULT_KEY;
use crate::{Failure, RepositorySettings};

/// The repository, created with default settings if it does not exist. Returns whether it is new.
pub(super) fn open_repository(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    encryption_key: &str,
    now: Timestamp,
) -> Result<(Repository, bool), Failure> {
    let RepositorySettings { mutability, exclusion_filters, scan_on_push, encryption, tags: _ } =
        RepositorySettings::default();
    let new = NewRepository {
        name: arn.repository.clone(),
        mutability,
        exclusion_filters,
        scan_on_push,
        encryption,
        encryption_key: encryption_key.to_owned(),
    };
    let registry = tx.open_registry(&arn.registry, now)?;
    let is_new = tx.insert_repository(registry, &new, now)?.is_some();
    Ok((require_repository(tx, arn)?, is_new))
}

/// The same for an image, whose object does not say under which key its layers are.
pub(super) fn open_repository_of_image(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    now: Timestamp,
) -> Result<(Repository, bool), Failure> {
    open_repository(tx, arn, DEFAULT_KEY, now)
}

/// A repository's name as objects spell it.
pub(super) fn parse_arn(account: &str, region: &str, repository: &str) -> Option<RepositoryArn> {
    let (account, region) = (account.parse().ok()?, region.parse().ok()?);
    let registry = RegistryId { account, region };
    Some(RepositoryArn { registry, repository: repository.parse().ok()? })
}
