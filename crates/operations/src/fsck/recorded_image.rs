use blobs::Footer;
use db::{ImageKey, RepositoryKey};
use names::{Digest, EncryptionKey, ImageTag, MediaType, ObjectKey, RepositoryArn, Timestamp};

use super::rebuild_repositories::parse_arn;
use crate::jobs::record_image::ImageDescription;

/// An image, or one of its tags, that an object speaks of.
pub(super) struct RecordedImage {
    pub(super) object: ObjectKey,
    pub(super) arn: RepositoryArn,
    pub(super) digest: Digest,
    pub(super) size_bytes: u64,
    pub(super) media_type: MediaType,
    pub(super) tag: Option<ImageTag>,
    pub(super) pushed_at: Timestamp,
    pub(super) recorded_at: Timestamp,
    /// The key of its repository.
    pub(super) key: EncryptionKey,
    /// Its rows, once they exist.
    pub(super) rows: Option<(RepositoryKey, ImageKey)>,
    pub(super) is_index: bool,
}

impl RecordedImage {
    /// Understands an object's description.
    pub(super) fn read(
        object: &ObjectKey,
        footer: &Footer,
        description: &ImageDescription,
    ) -> Option<Self> {
        let ImageDescription { kind: _, account, region, repository, .. } = description;
        let key = description.key.as_deref().map(EncryptionKey::parse).transpose().ok()?;
        let tag = description.tag.as_deref().map(ImageTag::parse).transpose().ok()?;
        Some(Self {
            object: object.clone(),
            arn: parse_arn(account, region, repository)?,
            digest: footer.digest.clone(),
            size_bytes: footer.size_bytes,
            media_type: MediaType::parse(&description.media_type).ok()?,
            tag,
            pushed_at: Timestamp::from_micros(description.pushed_at),
            recorded_at: Timestamp::from_micros(description.recorded_at),
            key: key.unwrap_or_default(),
            rows: None,
            is_index: false,
        })
    }
}
