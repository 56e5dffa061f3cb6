//! InitiateLayerUpload.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::ecr::{InitiateLayerUploadRequest, InitiateLayerUploadResponse};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct InitiateLayerUpload;

/// The part size that clients are told: ECR's.
const PART_BYTES: i64 = 10 << 20;

impl Call for InitiateLayerUpload {
    type Input = InitiateLayerUploadRequest;
    type Target = RepositoryArn;
    type Output = InitiateLayerUploadResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let upload = context.operations().initiate_layer_upload(&arn).await?;
        Ok(InitiateLayerUploadResponse {
            upload_id: Some(upload.to_string()),
            part_size: Some(PART_BYTES),
        })
    }
}
