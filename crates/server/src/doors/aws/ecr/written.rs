//! Output members that several operations share.

use names::{EncryptionType, RepositoryArn};
use operations::Repository;
use wire::aws::ecr;

use super::repository::{write_filters, write_mode};
use crate::doors::aws::call::Context;

/// A repository as ECR describes it.
pub(super) fn repository(
    context: &Context<'_>,
    arn: &RepositoryArn,
    repository: &Repository,
) -> ecr::Repository {
    let encryption_type = match repository.encryption {
        EncryptionType::Aes256 => ecr::EncryptionType::Aes256,
        EncryptionType::Kms => ecr::EncryptionType::Kms,
        EncryptionType::KmsDsse => ecr::EncryptionType::KmsDsse,
    };
    let kms_key = match repository.encryption {
        EncryptionType::Aes256 => None,
        EncryptionType::Kms | EncryptionType::KmsDsse => {
            Some(repository.encryption_key.as_str().to_owned())
        }
    };
    ecr::Repository {
        repository_arn: Some(arn.to_string()),
        registry_id: Some(registry_id(arn)),
        repository_name: Some(repository_name(arn)),
        repository_uri: Some(context.doors.endpoints.repository_uri(arn, context.reached)),
        created_at: Some(repository.created_at.as_epoch_seconds()),
        image_tag_mutability: Some(write_mode(repository.mutability)),
        image_tag_mutability_exclusion_filters: write_filters(&repository.exclusion_filters),
        image_scanning_configuration: Some(ecr::ImageScanningConfiguration {
            scan_on_push: Some(repository.scan_on_push),
        }),
        encryption_configuration: Some(ecr::EncryptionConfiguration { encryption_type, kms_key }),
    }
}

/// `registryId`.
pub(super) fn registry_id(arn: &RepositoryArn) -> String {
    arn.registry.account.to_string()
}

/// `repositoryName`.
pub(super) fn repository_name(arn: &RepositoryArn) -> String {
    arn.repository.to_string()
}
