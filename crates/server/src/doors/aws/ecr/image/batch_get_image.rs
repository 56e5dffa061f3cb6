//! BatchGetImage.
//!
//! Manifests are returned as they were pushed, whatever `acceptedMediaTypes` says: nothing is
//! converted, and the answer says which type each is. ECR's conversions serve clients older than
//! Docker 1.10.

use identity::Caller;
use names::{Digest, MediaType, RepositoryArn};
use operations::{
    CachedManifest, Failure, Fault, ImageFailure, PulledImage, Refusal, RepositoryRefusal,
};
use wire::aws::WireRefusal;
use wire::aws::ecr::{BatchGetImageRequest, BatchGetImageResponse, Image, ImageIdentifier};

use super::{image_ids, upstream_images};
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct BatchGetImage;

impl Call for BatchGetImage {
    type Input = BatchGetImageRequest;
    type Target = RepositoryArn;
    type Output = BatchGetImageResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    fn bytes(output: &Self::Output) -> usize {
        let manifests = output.images.iter().flatten().flat_map(|image| &image.image_manifest);
        manifests.map(String::len).sum()
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ids = image_ids::once(input.image_ids);
        let (meant, reasons) = image_ids::read_batch(&ids);
        let upstream = upstream_images::find_all(context, &arn, &meant).await?;
        let here =
            context.operations().batch_get_image(&arn, meant, &context.caller.principal).await;
        let outcomes = join(here, upstream)?;
        let (mut images, mut failures) = (Vec::new(), Vec::new());
        for (asked, outcome) in image_ids::join_batch(ids, reasons, outcomes) {
            match outcome {
                Ok(image) => {
                    context.doors.metrics.sent_bytes.inc_by(image.manifest.len() as u64);
                    images.push(write(&arn, asked, image)?);
                }
                Err(reason) => failures.push(reason.about(asked)),
            }
        }
        Ok(BatchGetImageResponse { images: Some(images), failures: Some(failures) })
    }
}

/// An image that is here, or is coming.
struct Pulled {
    digest: Digest,
    media_type: MediaType,
    manifest: Vec<u8>,
}

/// What upstream says of an image counts before what is here.
fn join(
    here: Result<Vec<Result<PulledImage, ImageFailure>>, Failure>,
    upstream: Vec<Option<Result<CachedManifest, ImageFailure>>>,
) -> Result<Vec<Result<Pulled, ImageFailure>>, Refused> {
    let here = match here {
        // The repository is made with the first image that comes.
        Err(Failure::Refused(Refusal::Repository(RepositoryRefusal::NotFound(_))))
            if upstream.iter().any(Option::is_some) =>
        {
            upstream.iter().map(|_| Err(ImageFailure::NotFound)).collect()
        }
        here => here?,
    };
    let join = |(here, upstream): (Result<PulledImage, _>, Option<Result<CachedManifest, _>>)| {
        if let Some(coming) = upstream {
            let CachedManifest { digest, media_type, manifest, .. } = coming?;
            return Ok(Pulled { digest, media_type, manifest });
        }
        let PulledImage { digest, media_type, manifest, .. } = here?;
        Ok(Pulled { digest, media_type, manifest })
    };
    Ok(here.into_iter().zip(upstream).map(join).collect())
}

fn write(arn: &RepositoryArn, asked: ImageIdentifier, image: Pulled) -> Result<Image, Refused> {
    // It was read as JSON before it was stored, so it is text.
    let manifest = String::from_utf8(image.manifest)
        .map_err(|error| Refused::Fault(Fault::Corrupt(error.into())))?;
    Ok(Image {
        registry_id: Some(written::registry_id(arn)),
        repository_name: Some(written::repository_name(arn)),
        image_id: Some(ImageIdentifier {
            image_digest: Some(image.digest.to_string()),
            image_tag: asked.image_tag,
        }),
        image_manifest: Some(manifest),
        image_manifest_media_type: Some(image.media_type.to_string()),
    })
}
