use std::fmt;

use iam::{IamRefusal, StsRefusal};
use names::{Digest, ImageStatus, ImageTag, RegistryId, RepositoryArn, StorageClass, UploadId};

/// How the AWS door names an image. At least one half is present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageId {
    /// By its address.
    pub digest: Option<Digest>,
    /// By a name.
    pub tag: Option<ImageTag>,
}

/// Refusals. `Display` is the message that the client reads, through either door: AWS's own where
/// it is known. The doors choose the code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum Refusal {
    /// The server refuses writes.
    ReadOnly,
    /// The repository is not there.
    RepositoryNotFound(RepositoryArn),
    /// The repository has no policy.
    RepositoryPolicyNotFound(RepositoryArn),
    /// The repository has no lifecycle policy.
    LifecyclePolicyNotFound(RepositoryArn),
    /// No lifecycle policy was ever previewed in the repository.
    LifecyclePolicyPreviewNotFound(RepositoryArn),
    /// The last preview in the repository has not ended.
    LifecyclePolicyPreviewInProgress(RepositoryArn),
    /// The principal's pulls are recorded.
    ExclusionNotFound(String),
    /// The principal's pulls are not recorded already.
    ExclusionAlreadyExists(String),
    /// The registry excludes as many principals as it can.
    TooManyExclusions { exclusions_max: u32 },
    /// The registry has none.
    RegistryPolicyNotFound(RegistryId),
    /// The name is taken.
    RepositoryAlreadyExists(RepositoryArn),
    /// It holds images, and the caller did not pass `force`.
    RepositoryNotEmpty(RepositoryArn),
    /// No such image.
    ImageNotFound { repository: RepositoryArn, image: ImageId },
    /// The same manifest with the same tag exists.
    ImageAlreadyExists { repository: RepositoryArn, digest: Digest, tag: Option<ImageTag> },
    /// The tag points to another image and may not move.
    TagImmutable { repository: RepositoryArn, tag: ImageTag },
    /// The manifest does not hash to the stated digest.
    ImageDigestDoesNotMatch { repository: RepositoryArn, digest: Digest },
    /// The index names images that are not in the repository.
    ReferencedImagesNotFound { repository: RepositoryArn, digests: Vec<Digest> },
    /// The manifest names layers that are not in the repository.
    LayersNotFound { repository: RepositoryArn, digests: Vec<Digest> },
    /// The repository has no such layer.
    LayerNotFound { repository: RepositoryArn, digest: Digest },
    /// A layer's size differs from the manifest's.
    LayerSizeDiffers { digest: Digest, stated: u64, actual: u64 },
    /// The layer exists, but no image refers to it.
    LayerInaccessible { repository: RepositoryArn, digest: Digest },
    /// An image still needs the blob.
    LayerInUse { repository: RepositoryArn, digest: Digest },
    /// A part does not begin where the upload ends.
    PartOutOfOrder { repository: RepositoryArn, upload: UploadId, first_byte: u64, expected: u64 },
    /// A part before the last is too small.
    PartTooSmall,
    /// There are too many parts.
    TooManyParts { parts_max: u64 },
    /// The bytes do not hash to the stated digest.
    LayerDigestDiffers { stated: Digest, computed: Digest },
    /// Nothing was uploaded.
    EmptyUpload { upload: UploadId, repository: RepositoryArn },
    /// The repository has this layer.
    LayerAlreadyExists { repository: RepositoryArn, digest: Digest },
    /// No such upload: it was finished, cancelled or abandoned, or never was.
    UploadNotFound { repository: RepositoryArn, upload: String },
    /// Another request is writing to the upload at this moment.
    UploadBusy { upload: UploadId },
    /// The layer is larger than the limit.
    LayerTooLarge { size_bytes_max: u64 },
    /// The body is longer or shorter than stated.
    BodyLengthDiffers { stated: u64, received: u64 },
    /// The body stopped coming.
    BodyBroken,
    /// An index holds the image.
    ReferencedByManifestList { parents: Vec<Digest> },
    /// An index that can be pulled holds the image, so it cannot be archived.
    ArchiveOfReferenced { parents: Vec<Digest> },
    /// The image is where it would be moved to, or on its way.
    StorageClassUnchangeable { target: StorageClass, status: ImageStatus },
    /// The image has the maximum number of tags.
    TooManyImageTags { tags_max: u64 },
    /// The repository would have too many resource tags.
    TooManyResourceTags { tags_max: usize },
    /// A resource tag that AWS does not allow.
    InvalidResourceTag(&'static str),
    /// KMS keys cannot be used yet.
    KmsUnavailable,
    /// A parameter that means nothing; the words are those of the constraint.
    InvalidParameter { path: &'static str, constraint: String },
    /// A refusal of IAM.
    Iam(IamRefusal),
    /// A refusal of STS.
    Sts(StsRefusal),
}

impl From<iam::Refusal> for Refusal {
    fn from(refusal: iam::Refusal) -> Self {
        match refusal {
            iam::Refusal::ReadOnly => Self::ReadOnly,
            iam::Refusal::Iam(refusal) => Self::Iam(refusal),
            iam::Refusal::Sts(refusal) => Self::Sts(refusal),
        }
    }
}

impl fmt::Display for ImageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_null = |text: Option<&str>| text.unwrap_or("null").to_owned();
        let digest = or_null(self.digest.as_ref().map(Digest::as_str));
        let tag = or_null(self.tag.as_ref().map(ImageTag::as_str));
        write!(f, "{{imageDigest:'{digest}', imageTag:'{tag}'}}")
    }
}

/// `[a, b]`, as AWS prints lists.
fn list(digests: &[Digest]) -> String {
    let texts: Vec<&str> = digests.iter().map(Digest::as_str).collect();
    format!("[{}]", texts.join(", "))
}

impl fmt::Display for Refusal {
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence for each refusal, to be proofread as a list"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |arn: &RepositoryArn| {
            format!("'{}' in the registry with id '{}'", arn.repository, arn.registry.account)
        };
        match self {
            Self::ReadOnly => iam::Refusal::ReadOnly.fmt(f),
            Self::RepositoryNotFound(arn) => write!(
                f,
                "The repository with name '{}' does not exist in the registry with id '{}'",
                arn.repository, arn.registry.account
            ),
            Self::RepositoryPolicyNotFound(arn) => write!(
                f,
                "Repository policy does not exist for the repository with name {}",
                place(arn)
            ),
            Self::LifecyclePolicyNotFound(arn) => write!(
                f,
                "Lifecycle policy does not exist for the repository with name {}",
                place(arn)
            ),
            Self::LifecyclePolicyPreviewNotFound(arn) => write!(
                f,
                "Lifecycle policy preview does not exist for the repository with name {}",
                place(arn)
            ),
            Self::LifecyclePolicyPreviewInProgress(arn) => write!(
                f,
                "Lifecycle policy preview is already in progress for the repository with name {}",
                place(arn)
            ),
            Self::ExclusionNotFound(principal) => write!(
                f,
                "Pull time update exclusion does not exist for the principal with ARN '{principal}'"
            ),
            Self::ExclusionAlreadyExists(principal) => write!(
                f,
                "Pull time update exclusion already exists for the principal with ARN '{principal}'"
            ),
            Self::TooManyExclusions { exclusions_max } => write!(
                f,
                "A registry cannot have more than {exclusions_max} pull time update exclusions"
            ),
            Self::RegistryPolicyNotFound(registry) => write!(
                f,
                "Registry policy does not exist in the registry with id '{}'",
                registry.account
            ),
            Self::RepositoryAlreadyExists(arn) => write!(
                f,
                "The repository with name '{}' already exists in the registry with id '{}'",
                arn.repository, arn.registry.account
            ),
            Self::RepositoryNotEmpty(arn) => write!(
                f,
                "The repository with name '{}' in registry with id '{}' cannot be deleted because it still contains images",
                arn.repository, arn.registry.account
            ),
            Self::ImageNotFound { repository, image } => write!(
                f,
                "The image with imageId {image} does not exist within the repository with name {}",
                place(repository)
            ),
            Self::ImageAlreadyExists { repository, digest, tag } => write!(
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
            Self::ImageDigestDoesNotMatch { repository, digest } => write!(
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
            Self::LayerNotFound { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' does not exist in the repository with name {}",
                place(repository)
            ),
            Self::LayerSizeDiffers { digest, stated, actual } => write!(
                f,
                "The layer with digest '{digest}' has {actual} bytes and not {stated} as the manifest says"
            ),
            Self::LayerInaccessible { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' in the repository with name {} is not associated with an image",
                place(repository)
            ),
            Self::LayerInUse { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' cannot be deleted from the repository with name {} because an image refers to it",
                place(repository)
            ),
            Self::PartOutOfOrder { first_byte, expected, .. } => {
                write!(f, "First byte of the layer part is {first_byte} instead of {expected}")
            }
            Self::PartTooSmall => {
                f.write_str("All layer parts except the last part should be at least 5MB")
            }
            Self::TooManyParts { parts_max } => {
                write!(f, "A layer cannot have more than {parts_max} parts")
            }
            Self::LayerDigestDiffers { stated, computed } => write!(
                f,
                "The layer digest '{stated}' does not match '{computed}', which was computed from the bytes received"
            ),
            Self::EmptyUpload { upload, .. } => {
                write!(f, "The upload with id '{upload}' does not contain any layer parts")
            }
            Self::LayerAlreadyExists { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' already exists in the repository with name {}",
                place(repository)
            ),
            Self::UploadNotFound { repository, upload } => write!(
                f,
                "The upload with id '{upload}' could not be found in the repository with name {}",
                place(repository)
            ),
            Self::UploadBusy { upload } => write!(
                f,
                "The upload with id '{upload}' is being written by another request; retry when it has ended"
            ),
            Self::LayerTooLarge { size_bytes_max } => {
                write!(f, "A layer cannot be larger than {size_bytes_max} bytes")
            }
            Self::BodyLengthDiffers { stated, received } => write!(
                f,
                "The request announced {stated} bytes, and {received} were received"
            ),
            Self::BodyBroken => f.write_str("The request body ended before it was complete"),
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
            Self::TooManyImageTags { tags_max } => {
                write!(f, "An image cannot have more than {tags_max} tags")
            }
            Self::TooManyResourceTags { tags_max } => {
                write!(f, "A repository cannot have more than {tags_max} tags")
            }
            Self::InvalidResourceTag(why) => f.write_str(why),
            Self::KmsUnavailable => f.write_str(
                "Encryption with KMS keys is not available in this registry yet; create the repository with encryptionType AES256",
            ),
            Self::InvalidParameter { path, constraint } => write!(
                f,
                "Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'"
            ),
            Self::Iam(refusal) => refusal.fmt(f),
            Self::Sts(refusal) => refusal.fmt(f),
        }
    }
}
