//! GetDownloadUrlForLayer.

use identity::Caller;
use names::RepositoryArn;
use operations::{Failure, Refusal};
use wire::aws::WireRefusal;
use wire::aws::ecr::{GetDownloadUrlForLayerRequest, GetDownloadUrlForLayerResponse};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::digests;
use crate::doors::aws::failure::Refused;
use crate::doors::{download, redirect};

pub(in crate::doors::aws) struct GetDownloadUrlForLayer;

impl Call for GetDownloadUrlForLayer {
    type Input = GetDownloadUrlForLayerRequest;
    type Target = RepositoryArn;
    type Output = GetDownloadUrlForLayerResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let digest = digests::read("layerDigest", &input.layer_digest)?;
        context.operations().require_downloadable_layer(&arn, &digest).await?;
        let blob = match context.operations().find_blob(&arn, &digest).await {
            // As in ECR: what is refused is the URL.
            Err(Failure::Refused(Refusal::Encryption(_))) => None,
            found => found?,
        };
        let elsewhere = match &blob {
            Some(blob) => redirect::address(context.operations(), blob, context.redirects).await?,
            None => None,
        };
        let here = || download::url(context.doors, context.caller, context.reached, &arn, &digest);
        Ok(GetDownloadUrlForLayerResponse {
            download_url: Some(elsewhere.unwrap_or_else(here)),
            layer_digest: Some(digest.to_string()),
        })
    }
}
