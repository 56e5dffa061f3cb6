//! ExplainPull: of our own service.

use db::PulledImage;
use names::{Digest, ImageId, RepositoryArn};

use super::passing::PullDecision;
use crate::scanning::describe_image_scan_findings::require_image;
use crate::{Failure, ImageRefusal, Operations};

/// What the pull gate of its registry says of an image.
#[derive(Debug, Clone)]
pub struct ExplainedPull {
    /// The image.
    pub digest: Digest,
    /// The decision.
    pub decision: PullDecision,
    /// Why the image is held back, if it is.
    pub why: Option<String>,
}

impl Operations {
    /// What the pull gate says of an image, and why.
    pub async fn explain_pull(
        &self,
        arn: &RepositoryArn,
        id: ImageId,
    ) -> Result<ExplainedPull, Failure> {
        let wanted = arn.clone();
        let found: Result<PulledImage, Failure> = self
            .db
            .read(move |tx| {
                let (repository, found) = require_image(tx, &wanted, &id)?;
                let image = tx.pull_image(repository.key, &found.digest)?;
                let not_found =
                    || ImageRefusal::NotFound { repository: wanted.clone(), image: id.clone() };
                Ok(image.ok_or_else(not_found)?)
            })
            .await;
        let image = found?;
        let made_of = self.parts_of_decision(arn, &image).await?;
        let (decision, why) = self.decide(arn, &image, &made_of).await?;
        Ok(ExplainedPull { digest: image.digest, decision, why })
    }
}
