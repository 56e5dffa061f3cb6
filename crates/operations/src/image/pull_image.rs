//! `GET` and `HEAD …/manifests/REFERENCE` at the OCI door: BatchGetImage for one image.

use db::PulledImage;
use names::{ImageStatus, Principal, Reference, RepositoryArn};

use crate::{Failure, ImageRefusal, Operations};

impl Operations {
    /// The image that the reference names, pulled by a principal.
    pub async fn pull_image(
        &self,
        arn: &RepositoryArn,
        reference: &Reference,
        puller: &Principal,
    ) -> Result<PulledImage, Failure> {
        let image = self.find_manifest(arn, reference).await?;
        self.require_passing(arn, &image).await?;
        self.pulls.note(&image, puller, self.now());
        Ok(image)
    }

    /// The same for a caller that only asks whether it exists: that is no pull.
    pub async fn find_manifest(
        &self,
        arn: &RepositoryArn,
        reference: &Reference,
    ) -> Result<PulledImage, Failure> {
        let found = match reference {
            Reference::Tag(tag) => self.db.look_up(&PulledImage::by_tag(arn, tag)).await?,
            Reference::Digest(digest) => {
                self.db.look_up(&PulledImage::by_digest(arn, digest)).await?
            }
        };
        if let Some((key, image)) = found.filter(|(_, image)| image.status == ImageStatus::Active) {
            self.require_usable_key(arn, &key).await?;
            return Ok(image);
        }
        // Only now do we check which of the two is missing.
        self.require_repository(arn).await?;
        Err(image_not_found(arn, reference))
    }
}

pub(crate) fn image_not_found(arn: &RepositoryArn, reference: &Reference) -> Failure {
    let (repository, image) = (arn.clone(), reference.clone().into());
    ImageRefusal::NotFound { repository, image }.into()
}
