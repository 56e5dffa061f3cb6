use std::fmt;

use names::{Digest, ImageId, ImageStatus, ImageTag, RepositoryArn, StorageClass};

use crate::wording::{list, place};

/// Refusals about images.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum ImageRefusal {
    /// No such image.
    NotFound { repository: RepositoryArn, image: ImageId },
    /// The same manifest with the same tag exists.
    AlreadyExists { repository: RepositoryArn, digest: Digest, tag: Option<ImageTag> },
    /// The tag points to another image and may not move.
    TagImmutable { repository: RepositoryArn, tag: ImageTag },
    /// The manifest does not hash to the stated digest.
    DigestDoesNotMatch { repository: RepositoryArn, digest: Digest },
    /// The index names images that are not in the repository.
    ReferencedImagesNotFound { repository: RepositoryArn, digests: Vec<Digest> },
    /// The manifest names layers that are not in the repository.
    LayersNotFound { repository: RepositoryArn, digests: Vec<Digest> },
    /// A layer's size differs from the manifest's.
    LayerSizeDiffers { digest: Digest, stated: u64, actual: u64 },
    /// An index holds the image.
    ReferencedByManifestList { parents: Vec<Digest> },
    /// An index that can be pulled holds the image, so it cannot be archived.
    ArchiveOfReferenced { parents: Vec<Digest> },
    /// The image is where it would be moved to, or on its way.
    StorageClassUnchangeable { target: StorageClass, status: ImageStatus },
    /// The image has the maximum number of tags.
    TooManyTags { tags_max: u64 },
}

impl fmt::Display for ImageRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { repository, image } => write!(
                f,
                "The image with imageId {image} does not exist within the repository with name {}",
                place(repository)
            ),
            Self::AlreadyExists { repository, digest, tag } => write!(
                f,
                "Image with digest '{digest}' and tag '{}' already exists in the repository with name '{}' in registry with id '{}'",
                tag.as_ref().map_or("null", ImageTag::as_str),
                repository.repository,
                repository.registry.account
            ),
            Self::TagImmutable { repository, tag } => write!(
                f,
                "The image tag '{tag}' already exists in the '{}' repository and cannot be overwritten because the tag is immutable.",
                repository.repository
            ),
            Self::DigestDoesNotMatch { repository, digest } => write!(
                f,
                "The image with digest '{digest}' in repository '{}' and registry ID '{}' does not match the image digest that Amazon ECR has calculated.",
                repository.repository, repository.registry.account
            ),
            Self::ReferencedImagesNotFound { repository, digests } => write!(
                f,
                "Images with digests '{}' required for pushing image into repository with name {} do not exist",
                list(digests),
                place(repository)
            ),
            Self::LayersNotFound { repository, digests } => write!(
                f,
                "Layers with digests '{}' required for pushing image into repository with name {} do not exist",
                list(digests),
                place(repository)
            ),
            Self::LayerSizeDiffers { digest, stated, actual } => write!(
                f,
                "The layer with digest '{digest}' has {actual} bytes and not {stated} as the manifest says"
            ),
            Self::ReferencedByManifestList { parents } => {
                write!(f, "Requested image referenced by manifest list: {}", list(parents))
            }
            Self::ArchiveOfReferenced { parents } => write!(
                f,
                "The storage class of the image cannot be changed because it is referenced by manifest list: {}",
                list(parents)
            ),
            Self::StorageClassUnchangeable { target, status } => write!(
                f,
                "The storage class of the image cannot be changed to '{}' because its status is '{}'",
                target.as_str(),
                status.as_str()
            ),
            Self::TooManyTags { tags_max } => {
                write!(f, "An image cannot have more than {tags_max} tags")
            }
        }
    }
}
