//! PutImageScanningConfiguration.

use names::RepositoryArn;

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// Sets whether images of a repository are scanned when they are pushed.
    pub async fn put_image_scanning_configuration(
        &self,
        arn: &RepositoryArn,
        scan_on_push: bool,
    ) -> Result<(), Failure> {
        let arn = arn.clone();
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                Ok(tx.put_scan_on_push(repository.key, scan_on_push)?)
            })
            .await
    }
}
