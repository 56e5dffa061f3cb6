//! ListTagHistory of our own service: the moves of the tags of a repository.

use db::TagMove;
use names::{ImageTag, RepositoryArn};

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// Moves of all tags of a repository, or of one, before a row: the newest first. A tag that was
    /// never moved, or never existed, has none.
    pub async fn list_tag_history(
        &self,
        arn: &RepositoryArn,
        tag: Option<ImageTag>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<TagMove>, Failure> {
        let arn = arn.clone();
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?.key;
                Ok(tx.list_tag_moves(repository, tag.as_ref(), before, limit)?)
            })
            .await
    }
}
