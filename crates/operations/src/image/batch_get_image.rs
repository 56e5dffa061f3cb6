//! BatchGetImage.

use db::{DbError, PulledImage, RepositoryKey, Tx};
use names::{Digest, ImageId, ImageStatus, Principal, RepositoryArn};

use crate::operations::require_repository;
use crate::{EncryptionRefusal, Failure, Operations, Refusal, UpstreamRefusal};

/// Why one image of a batch was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageFailure {
    /// It is not there.
    NotFound,
    /// The tag points to another image than the digest names.
    TagDoesNotMatchDigest,
    /// It exists but cannot be pulled: it is archived.
    Inaccessible,
    /// These indexes hold it.
    ReferencedByManifestList(Vec<Digest>),
    /// The answer has no room for it: it needs a separate call.
    AnswerIsFull,
    /// The repository may not use its key.
    Key(EncryptionRefusal),
    /// The registry's pull gate holds it back, for this reason.
    HeldBack(String),
    /// The upstream registry did not give it.
    Upstream(UpstreamRefusal),
}

/// The most bytes of manifests in one answer. It has room for two of the largest, or hundreds of
/// the usual size.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

impl Operations {
    /// The images, with a result for each, in the requested order, as many as one answer holds.
    /// Each counts as a pull by the principal.
    pub async fn batch_get_image(
        &self,
        arn: &RepositoryArn,
        ids: Vec<ImageId>,
        puller: &Principal,
    ) -> Result<Vec<Result<PulledImage, ImageFailure>>, Failure> {
        let (wanted, now) = (arn.clone(), self.now());
        let (key, images) = self
            .db
            .read_at_length(move |tx| {
                let repository = require_repository(tx, &wanted)?;
                let mut room = Some(ANSWER_BYTES_MAX);
                let pull = |id: &ImageId| pull_if_room(tx, repository.key, id, &mut room);
                let images = ids.iter().map(pull).collect::<Result<Vec<_>, DbError>>()?;
                Ok::<_, Failure>((repository.encryption_key, images))
            })
            .await?;
        match self.require_usable_key(arn, &key).await {
            Ok(()) => {}
            // No answer says nothing about the images: the call failed, and can be tried again.
            Err(Failure::Refused(Refusal::Encryption(refusal @ EncryptionRefusal::Key { .. }))) => {
                let refuse = |image: Result<_, _>| {
                    image.and_then(|_: PulledImage| Err(ImageFailure::Key(refusal.clone())))
                };
                return Ok(images.into_iter().map(refuse).collect());
            }
            Err(failure) => return Err(failure),
        }
        let mut passing = Vec::with_capacity(images.len());
        for image in images {
            let Ok(image) = image else {
                passing.push(image);
                continue;
            };
            if let Some(why) = self.held_back(arn, &image).await? {
                passing.push(Err(ImageFailure::HeldBack(why)));
                continue;
            }
            self.pulls.note(&image, puller, now);
            passing.push(Ok(image));
        }
        Ok(passing)
    }
}

/// Nothing more is read once something found no room.
fn pull_if_room(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    id: &ImageId,
    room: &mut Option<usize>,
) -> Result<Result<PulledImage, ImageFailure>, DbError> {
    let Some(left) = *room else { return Ok(Err(ImageFailure::AnswerIsFull)) };
    let found = pull_one(tx, repository, id)?;
    let Ok(image) = &found else { return Ok(found) };
    *room = left.checked_sub(image.manifest.len());
    Ok(if room.is_some() { found } else { Err(ImageFailure::AnswerIsFull) })
}

fn pull_one(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    id: &ImageId,
) -> Result<Result<PulledImage, ImageFailure>, DbError> {
    let found = match id {
        ImageId::Tag(tag) | ImageId::Both { tag, .. } => tx.pull_image_by_tag(repository, tag)?,
        ImageId::Digest(digest) => tx.pull_image(repository, digest)?,
    };
    let Some(image) = found else { return Ok(Err(ImageFailure::NotFound)) };
    if !id.allows(&image.digest) {
        return Ok(Err(ImageFailure::TagDoesNotMatchDigest));
    }
    if image.status != ImageStatus::Active {
        return Ok(Err(ImageFailure::Inaccessible));
    }
    Ok(Ok(image))
}
