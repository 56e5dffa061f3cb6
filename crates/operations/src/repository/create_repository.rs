//! CreateRepository.

use db::{NewRepository, Repository};
use names::{EncryptionType, ExclusionFilter, RepositoryArn, TagMutability};

use super::resource_tags::put_all;
use crate::operations::require_repository;
use crate::{Failure, Operations, RepositoryRefusal};

/// The key that wraps data keys unless a KMS key was requested.
pub(crate) const DEFAULT_KEY: &str = "default";

/// The settings of a new repository.
#[derive(Debug, Clone)]
pub struct RepositorySettings {
    /// Whether tags may move.
    pub mutability: TagMutability,
    /// Which tags are excluded from that rule.
    pub exclusion_filters: Vec<ExclusionFilter>,
    /// Is an image scanned when it is pushed?
    pub scan_on_push: bool,
    /// How bytes are encrypted at rest.
    pub encryption: EncryptionType,
    /// Resource tags, in the order given.
    pub tags: Vec<(String, String)>,
}

impl Default for RepositorySettings {
    fn default() -> Self {
        Self {
            mutability: TagMutability::Mutable,
            exclusion_filters: Vec::new(),
            scan_on_push: false,
            encryption: EncryptionType::Aes256,
            tags: Vec::new(),
        }
    }
}

impl Operations {
    /// Creates a repository. The first one also creates its registry.
    pub async fn create_repository(
        &self,
        arn: &RepositoryArn,
        settings: RepositorySettings,
    ) -> Result<Repository, Failure> {
        let RepositorySettings { mutability, exclusion_filters, scan_on_push, encryption, tags } =
            settings;
        if encryption != EncryptionType::Aes256 {
            return Err(RepositoryRefusal::KmsUnavailable.into());
        }
        let new = NewRepository {
            name: arn.repository.clone(),
            mutability,
            exclusion_filters,
            scan_on_push,
            encryption,
            encryption_key: DEFAULT_KEY.to_owned(),
        };
        let (wanted, now) = (arn.clone(), self.now());
        self.change_repository(arn, move |tx| {
            let registry = tx.open_registry(&wanted.registry, now)?;
            let key = tx
                .insert_repository(registry, &new, now)?
                .ok_or_else(|| RepositoryRefusal::AlreadyExists(wanted.clone()))?;
            put_all(tx, key, &tags)?;
            require_repository(tx, &wanted)
        })
        .await
    }
}
