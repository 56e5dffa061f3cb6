//! ListDeletedImages of our own service: what can be restored.

use db::{DeletedImageKey, RestorableImage};
use names::RepositoryArn;

use crate::operations::require_repository;
use crate::{Failure, Operations};

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

impl Operations {
    /// How long images are kept that are deleted from now on, in days. With none, they are not.
    pub fn undo_days(&self) -> u64 {
        self.undo_window.as_secs() / SECONDS_PER_DAY
    }

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
