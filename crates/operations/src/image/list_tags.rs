//! `GET …/tags/list` at the OCI door: ListImages for tags only.

use names::{ImageTag, RepositoryArn};

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// One page of tags, in order, from after `after` on.
    pub async fn list_tags(
        &self,
        arn: &RepositoryArn,
        after: String,
        limit: u32,
    ) -> Result<Vec<ImageTag>, Failure> {
        let arn = arn.clone();
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                Ok(tx.list_tags(repository.key, &after, limit)?)
            })
            .await
    }
}
