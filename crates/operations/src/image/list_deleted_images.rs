//! ListDeletedImages of our own service: what can be restored.

use db::{DeletedImageKey, RestorableImage};
use names::RepositoryArn;

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// The deleted images of a repository that can be restored, in the order of their deletion.
    pub async fn list_deleted_images(
        &self,
        arn: &RepositoryArn,
        after: Option<DeletedImageKey>,
        limit: u32,
    ) -> Result<Vec<RestorableImage>, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        let list = move |tx: &mut db::Tx<'_>| {
            let repository = require_repository(tx, &arn)?;
            Ok(tx.list_restorable_images(repository.key, now, after, limit)?)
        };
        self.db.read(list).await
    }
}
