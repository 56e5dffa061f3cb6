//! CreateRepository.

use db::{NewRepository, Repository, Tx};
use iam::service_grants::grant_to_ecr;
use names::{EncryptionKey, ExclusionFilter, GrantId, RepositoryArn, TagMutability, Timestamp};

use super::resource_tags::put_all;
use crate::operations::require_repository;
use crate::{Failure, Operations, RepositoryRefusal};

/// The settings of a new repository.
#[derive(Debug, Clone)]
pub struct RepositorySettings {
    /// Whether tags may move.
    pub mutability: TagMutability,
    /// Which tags are excluded from that rule.
    pub exclusion_filters: Vec<ExclusionFilter>,
    /// Is an image scanned when it is pushed?
    pub scan_on_push: bool,
    /// Under which key bytes are encrypted at rest. The guard has allowed the caller to create
    /// grants on a KMS key.
    pub encryption_key: EncryptionKey,
    /// Resource tags, in the order given.
    pub tags: Vec<(String, String)>,
}

impl Default for RepositorySettings {
    fn default() -> Self {
        Self {
            mutability: TagMutability::Mutable,
            exclusion_filters: Vec::new(),
            scan_on_push: false,
            encryption_key: EncryptionKey::default(),
            tags: Vec::new(),
        }
    }
}

impl Operations {
    /// Creates a repository. The first one also creates its registry. A KMS key gets the grants by
    /// which ECR uses it, in the same transaction.
    pub async fn create_repository(
        &self,
        arn: &RepositoryArn,
        settings: RepositorySettings,
    ) -> Result<Repository, Failure> {
        let RepositorySettings {
            mutability,
            exclusion_filters,
            scan_on_push,
            encryption_key,
            tags,
        } = settings;
        let new = NewRepository {
            name: arn.repository.clone(),
            mutability,
            exclusion_filters,
            scan_on_push,
            encryption: encryption_key.encryption_type(),
            encryption_key,
            kms_grants: Vec::new(),
        };
        let (wanted, now) = (arn.clone(), self.now());
        self.change_repository(arn, move |tx| {
            let registry = tx.open_registry(&wanted.registry, now)?;
            let kms_grants = grants(tx, &new.encryption_key, &wanted, now)?;
            let new = NewRepository { kms_grants, ..new.clone() };
            let key = tx
                .insert_repository(registry, &new, now)?
                .ok_or_else(|| RepositoryRefusal::AlreadyExists(wanted.clone()))?;
            put_all(tx, key, &tags)?;
            require_repository(tx, &wanted)
        })
        .await
    }
}

/// Lets ECR use the key of a new repository in its name. They are made in the name of the
/// repository's account.
pub(crate) fn grants(
    tx: &mut Tx<'_>,
    key: &EncryptionKey,
    repository: &RepositoryArn,
    now: Timestamp,
) -> Result<Vec<GrantId>, Failure> {
    match key.kms() {
        Some(kms) => Ok(grant_to_ecr(tx, &kms, repository, &repository.registry.account, now)?),
        None => Ok(Vec::new()),
    }
}
