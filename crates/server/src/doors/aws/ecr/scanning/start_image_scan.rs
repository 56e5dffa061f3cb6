//! StartImageScan.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{StartImageScanRequest, StartImageScanResponse};

use super::described_scan::{write_id, write_status};
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::image::image_ids;
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct StartImageScan;

impl Call for StartImageScan {
    type Input = StartImageScanRequest;
    type Target = RepositoryArn;
    type Output = StartImageScanResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (digest, tag) = (input.image_id.image_digest, input.image_id.image_tag);
        let id = image_ids::read_one("imageId", digest.as_deref(), tag.as_deref())?;
        let (digest, scan) = context.operations().start_image_scan(&arn, id.clone()).await?;
        Ok(StartImageScanResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            image_id: Some(write_id(&digest, &id)),
            image_scan_status: Some(write_status(scan.status, scan.description)),
        })
    }
}
