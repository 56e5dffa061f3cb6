//! Images of a batch that come from an upstream registry, if a rule of a pull through cache fills
//! the repository.

use futures_util::future::BoxFuture;
use futures_util::{StreamExt as _, stream};
use names::{ImageId, Reference, RepositoryArn};
use operations::{CachedManifest, Failure, ImageFailure, Refusal};

use crate::doors::aws::call::Context;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::{NotCreated, Push};
use crate::doors::pull_through::{Found, Purpose, find_manifest};

/// The most bytes of manifests that one answer has of them, as of those that are here.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// How many are looked for at a time.
const AT_ONCE: usize = 4;

/// What upstream says of an image.
type Said = Result<CachedManifest, ImageFailure>;

/// What upstream says of each image. `None` if it is not asked about it, or has nothing new: then
/// what is here counts.
pub(super) async fn find_all(
    context: &Context<'_>,
    arn: &RepositoryArn,
    ids: &[ImageId],
) -> Result<Vec<Option<Said>>, Refused> {
    if let Ok(None) = context.operations().find_pull_through_rule_for(arn).await {
        return Ok(ids.iter().map(|_| None).collect());
    }
    let pull = Push {
        doors: context.doors,
        caller: context.caller,
        from: context.from,
        reached: context.reached,
        request: "POST /".to_owned(),
    };
    let mut asked: Vec<BoxFuture<'_, Result<Option<Said>, Refused>>> = Vec::new();
    for id in ids {
        asked.push(Box::pin(find(&pull, arn, id)));
    }
    let mut answers = stream::iter(asked).buffered(AT_ONCE);
    let (mut all, mut room) = (Vec::with_capacity(ids.len()), ANSWER_BYTES_MAX);
    while let Some(said) = answers.next().await {
        all.push(said?.map(|said| said.and_then(|manifest| fit(manifest, &mut room))));
    }
    Ok(all)
}

async fn find(pull: &Push<'_>, arn: &RepositoryArn, id: &ImageId) -> Result<Option<Said>, Refused> {
    let reference = match id {
        ImageId::Tag(tag) | ImageId::Both { tag, .. } => Reference::Tag(tag.clone()),
        ImageId::Digest(digest) => Reference::Digest(digest.clone()),
    };
    Ok(match find_manifest(pull, arn, &reference, Purpose::Look).await {
        Ok(Found::Coming(manifest)) if !id.allows(&manifest.digest) => {
            Some(Err(ImageFailure::TagDoesNotMatchDigest))
        }
        // A gate judges whole images.
        Ok(Found::Coming(manifest)) if manifest.is_gated => None,
        Ok(Found::Coming(manifest)) => Some(Ok(manifest)),
        Err(NotCreated::Denied(denied)) => return Err(Refused::Denied(denied)),
        Err(NotCreated::Failed(Failure::Refused(Refusal::Upstream(refusal)))) => {
            Some(Err(ImageFailure::Upstream(refusal)))
        }
        // What is here counts; and what is not is refused in the same way.
        Ok(Found::Image(_)) | Err(NotCreated::Failed(Failure::Refused(_))) => None,
        Err(NotCreated::Failed(Failure::Fault(fault))) => return Err(Refused::Fault(fault)),
    })
}

/// The manifest, if the answer has room for it. Nothing more is taken once something found none.
fn fit(manifest: CachedManifest, room: &mut usize) -> Said {
    let left = room.checked_sub(manifest.manifest.len());
    *room = left.unwrap_or_default();
    left.map(|_| manifest).ok_or(ImageFailure::AnswerIsFull)
}
