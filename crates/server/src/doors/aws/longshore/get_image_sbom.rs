//! GetImageSbom: what an image has, as a document.

use identity::Caller;
use names::RepositoryArn;
use operations::{BillFormat, ImageSbom};
use wire::aws::WireRefusal;
use wire::aws::longshore::{GetImageSbomRequest, GetImageSbomResponse, SbomFormat};

use super::super::call::{Call, Context, repository};
use super::super::ecr::image::image_ids;
use super::super::failure::Refused;

pub(in crate::doors::aws) struct GetImageSbom;

impl Call for GetImageSbom {
    type Input = GetImageSbomRequest;
    type Target = RepositoryArn;
    type Output = GetImageSbomResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    fn bytes(output: &Self::Output) -> usize {
        output.document.as_ref().map_or(0, String::len)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (digest, tag) = (input.image_id.image_digest, input.image_id.image_tag);
        let id = image_ids::read_one("ImageId", digest.as_deref(), tag.as_deref())?;
        let format = match input.format {
            SbomFormat::Cyclonedx => BillFormat::CycloneDx,
            SbomFormat::Spdx => BillFormat::Spdx,
        };
        let ImageSbom { digest, document } =
            context.operations().get_image_sbom(&arn, id, format).await?;
        Ok(GetImageSbomResponse {
            image_digest: Some(digest.to_string()),
            media_type: Some(format.media_type().to_owned()),
            document: Some(document),
        })
    }
}
