//! PutImage.

use bytes::Bytes;
use identity::Caller;
use names::{Algorithm, Digest, RepositoryArn};
use operations::{IfSame, ImageRefusal};
use wire::aws::WireRefusal;
use wire::aws::ecr::{Image, ImageIdentifier, PutImageRequest, PutImageResponse};

use super::image_ids;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::{digests, written};
use crate::doors::aws::failure::Refused;
use crate::doors::pushed_manifest;

pub(in crate::doors::aws) struct PutImage;

impl Call for PutImage {
    type Input = PutImageRequest;
    type Target = RepositoryArn;
    type Output = PutImageResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    fn bytes(output: &Self::Output) -> usize {
        let image = output.image.as_ref();
        image.and_then(|image| image.image_manifest.as_ref()).map_or(0, String::len)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let long_work = &context.doors.long_work;
        let put = long_work.run(input.image_manifest.len(), || read(&arn, &input)).await?;
        let digest = put.manifest.digest.to_string();
        let media_type = put.manifest.media_type.to_string();
        context.doors.metrics.received_bytes.inc_by(put.manifest.bytes.len() as u64);
        context.operations().put_image(&arn, put, &context.mover()).await?;
        let image = Image {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            image_id: Some(ImageIdentifier {
                image_digest: Some(digest),
                image_tag: input.image_tag,
            }),
            image_manifest: Some(input.image_manifest),
            image_manifest_media_type: Some(media_type),
        };
        Ok(PutImageResponse { image: Some(image) })
    }
}

fn read(arn: &RepositoryArn, input: &PutImageRequest) -> Result<operations::PutImage, Refused> {
    let tag = input.image_tag.as_deref();
    let tag = tag.map(|text| image_ids::read_tag("imageTag", text)).transpose()?;
    let stated = input.image_digest.as_deref();
    let stated = stated.map(|text| digests::read("imageDigest", text)).transpose()?;
    let manifest = pushed_manifest::read(
        Bytes::copy_from_slice(input.image_manifest.as_bytes()),
        input.image_manifest_media_type.as_deref(),
        stated.as_ref().map_or(Algorithm::Sha256, Digest::algorithm),
    )?;
    if let Some(digest) = stated.filter(|stated| *stated != manifest.digest) {
        return Err(ImageRefusal::DigestDoesNotMatch { repository: arn.clone(), digest }.into());
    }
    Ok(operations::PutImage { manifest, tags: tag.into_iter().collect(), if_same: IfSame::Refuse })
}
