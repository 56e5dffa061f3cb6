//! ListImages.

use db::{ImageFilter, ImageKey, ListedImage};
use names::RepositoryArn;

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// One page of images and their tags, a line for each tag, from after `after` on: an image and
    /// the last of its tags that was shown.
    pub async fn list_images(
        &self,
        arn: &RepositoryArn,
        filter: ImageFilter,
        after: Option<(ImageKey, String)>,
        limit: u32,
    ) -> Result<Vec<ListedImage>, Failure> {
        let arn = arn.clone();
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let after = after.as_ref().map(|(image, tag)| (*image, tag.as_str()));
                Ok(tx.list_image_tags(repository.key, filter, after, limit)?)
            })
            .await
    }
}
