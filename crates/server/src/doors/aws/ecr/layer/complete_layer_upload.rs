//! CompleteLayerUpload.

use std::sync::Arc;

use identity::Caller;
use names::{RepositoryArn, UploadId};
use operations::{Completion, Door, LayerRefusal, NewLayer};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::ecr::{CompleteLayerUploadRequest, CompleteLayerUploadResponse};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::{digests, written};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct CompleteLayerUpload;

impl Call for CompleteLayerUpload {
    type Input = CompleteLayerUploadRequest;
    type Target = RepositoryArn;
    type Output = CompleteLayerUploadResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let upload = read_upload_id(&input.upload_id)?;
        let digest = digests::read("layerDigests.1.member", first(&input.layer_digests))?;
        let may_see_layers = context.asking().may_see_layers(&arn).await?;
        let door = Door::Aws;
        let completion = Completion { digest: digest.clone(), rest: None, door, may_see_layers };
        let operations = Arc::clone(&context.doors.operations);
        let (of, id) = (arn.clone(), upload.clone());
        let complete = async move { operations.complete_layer_upload(&of, &id, completion).await };
        match context.doors.tasks.finish(complete).await? {
            NewLayer::No => Err(LayerRefusal::AlreadyExists { repository: arn, digest }.into()),
            NewLayer::Yes => Ok(CompleteLayerUploadResponse {
                registry_id: Some(written::registry_id(&arn)),
                repository_name: Some(written::repository_name(&arn)),
                upload_id: Some(upload.to_string()),
                layer_digest: Some(digest.to_string()),
            }),
        }
    }
}

/// A layer has one digest. The list is historical; the model requires at least one entry.
fn first(digests: &[String]) -> &str {
    digests.first().map_or("", String::as_str)
}

/// Reads an upload's id, in which case does not matter.
pub(super) fn read_upload_id(text: &str) -> Result<UploadId, WireRefusal> {
    UploadId::parse(&text.to_ascii_lowercase())
        .map_err(|malformed| invalid_parameter("uploadId", &malformed.to_string()))
}
