//! PutImageTagMutability.

use db::Repository;
use names::{ExclusionFilter, RepositoryArn, TagMutability};

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// Replaces the mode and its filters together. Tags that exist stay as they are.
    pub async fn put_image_tag_mutability(
        &self,
        arn: &RepositoryArn,
        mutability: TagMutability,
        filters: Vec<ExclusionFilter>,
    ) -> Result<Repository, Failure> {
        let arn = arn.clone();
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                tx.put_tag_mutability(repository.key, mutability, &filters)?;
                require_repository(tx, &arn)
            })
            .await
    }
}
