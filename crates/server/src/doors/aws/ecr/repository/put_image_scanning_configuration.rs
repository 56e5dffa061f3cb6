//! PutImageScanningConfiguration.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    ImageScanningConfiguration, PutImageScanningConfigurationRequest,
    PutImageScanningConfigurationResponse,
};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutImageScanningConfiguration;

impl Call for PutImageScanningConfiguration {
    type Input = PutImageScanningConfigurationRequest;
    type Target = RepositoryArn;
    type Output = PutImageScanningConfigurationResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let scan_on_push = input.image_scanning_configuration.scan_on_push.unwrap_or_default();
        context.operations().put_image_scanning_configuration(&arn, scan_on_push).await?;
        let configuration = ImageScanningConfiguration { scan_on_push: Some(scan_on_push) };
        Ok(PutImageScanningConfigurationResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            image_scanning_configuration: Some(configuration),
        })
    }
}
