//! DescribeImages.

use db::{DbError, DescribedImage, Image, ImageFilter, ImageKey, Tx};
use iam::BoundedRows;
use names::{ImageId, RepositoryArn};

use super::find_named::find_named;
use crate::operations::require_repository;
use crate::scanning::described_images::describe_scans;
use crate::{Failure, ImageRefusal, Operations};

impl Operations {
    /// The images of these ids, all or none.
    pub async fn describe_images(
        &self,
        arn: &RepositoryArn,
        ids: Vec<ImageId>,
    ) -> Result<Vec<DescribedImage>, Failure> {
        let arn = arn.clone();
        self.db
            .read_at_length(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let mut images = Vec::with_capacity(ids.len());
                for id in &ids {
                    let found = find_named(tx, &repository, id)?;
                    let image = found.filter(|image| id.allows(&image.digest));
                    images.push(image.ok_or_else(|| ImageRefusal::NotFound {
                        repository: arn.clone(),
                        image: id.clone(),
                    })?);
                }
                Ok(describe(tx, &arn, images)?)
            })
            .await
    }

    /// One page of images, in the order of their pushes, from after `after` on.
    pub async fn list_described_images(
        &self,
        arn: &RepositoryArn,
        filter: ImageFilter,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<BoundedRows<DescribedImage>, Failure> {
        let arn = arn.clone();
        self.db
            .read_at_length(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let mut images = tx.list_images(repository.key, filter, after, limit)?;
                let (before, kept) = (images.len(), with_tags_in_bounds(&images));
                images.truncate(kept);
                Ok(BoundedRows { rows: describe(tx, &arn, images)?, is_cut: kept < before })
            })
            .await
    }
}

/// The most tags on one page, unless one image alone has more. An image may have a thousand.
const TAGS_MAX: u64 = 10_000;

/// How many of these images a page shows.
fn with_tags_in_bounds(images: &[Image]) -> usize {
    let mut tags = 0;
    let fits = |(at, image): (usize, &Image)| {
        tags += image.tag_count;
        at == 0 || tags <= TAGS_MAX
    };
    images.iter().enumerate().map(fits).take_while(|fits| *fits).count()
}

fn describe(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    images: Vec<Image>,
) -> Result<Vec<DescribedImage>, DbError> {
    let mut scans = describe_scans(tx, &arn.registry, &images)?.into_iter();
    let tagged: Vec<_> =
        images.iter().filter(|image| image.tag_count > 0).map(|image| image.key).collect();
    let mut tags = tx.list_tags_of_each(&tagged)?.into_iter();
    let described = images.into_iter().map(|image| {
        let tags = if image.tag_count > 0 { tags.next().unwrap_or_default() } else { Vec::new() };
        DescribedImage { image, tags, scan: scans.next().flatten() }
    });
    Ok(described.collect())
}
