//! The image that an id of ECR's names.

use db::{DbError, Image, Repository, Tx};
use names::ImageId;

/// The image that the id's tag points to or, without a tag, the one of its digest. The caller
/// decides about an image that the id's digest does not allow.
pub(crate) fn find_named(
    tx: &mut Tx<'_>,
    repository: &Repository,
    id: &ImageId,
) -> Result<Option<Image>, DbError> {
    match id {
        ImageId::Tag(tag) | ImageId::Both { tag, .. } => tx.find_image_by_tag(repository.key, tag),
        ImageId::Digest(digest) => tx.find_image(repository.key, digest),
    }
}
