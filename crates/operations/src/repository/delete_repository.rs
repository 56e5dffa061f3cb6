//! DeleteRepository.

use db::Repository;
use iam::service_grants::retire_from_ecr;
use names::RepositoryArn;

use crate::jobs::erase_repository::EraseRepository;
use crate::operations::require_repository;
use crate::{Failure, Operations, RepositoryRefusal};

impl Operations {
    /// Deletes a repository. With `force` its contents are deleted too: it is hidden at once and
    /// its name is free, and a job erases its contents in small steps. The grants on its KMS key
    /// are retired, whatever state the key is in.
    pub async fn delete_repository(
        &self,
        arn: &RepositoryArn,
        force: bool,
    ) -> Result<Repository, Failure> {
        let (wanted, now) = (arn.clone(), self.now());
        self.change_repository(arn, move |tx| {
            let repository = require_repository(tx, &wanted)?;
            if !force && tx.repository_has_images(repository.key)? {
                return Err(RepositoryRefusal::NotEmpty(wanted.clone()).into());
            }
            tx.hide_repository(repository.key, now)?;
            if let Some(kms) = repository.encryption_key.kms() {
                retire_from_ecr(tx, &kms.id, &repository.kms_grants)?;
            }
            // If its key was being changed, there are those on the key before as well.
            if let Some(rekey) = tx.find_rekey(repository.key)?
                && let Some(kms) = rekey.from_key.kms()
            {
                retire_from_ecr(tx, &kms.id, &rekey.kms_grants)?;
            }
            jobs::enqueue(tx, &EraseRepository { repository: repository.key.0 }, now, now)?;
            Ok(repository)
        })
        .await
    }
}
