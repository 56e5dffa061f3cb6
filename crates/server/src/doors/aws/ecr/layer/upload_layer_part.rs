//! UploadLayerPart.
//!
//! # On a crash
//! The append runs to its end even if the client disconnects, so that the upload is not torn and
//! durable bytes are recorded. `operations` says what is left if the process dies during it.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use identity::Caller;
use names::{RepositoryArn, UploadId};
use operations::{Chunk, Door};
use wire::aws::WireRefusal;
use wire::aws::ecr::{UploadLayerPartRequest, UploadLayerPartResponse};

use super::complete_layer_upload::read_upload_id;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::{Refused, invalid_layer_part};
use crate::doors::aws::sizes;

pub(in crate::doors::aws) struct UploadLayerPart;

impl Call for UploadLayerPart {
    type Input = UploadLayerPartRequest;
    type Target = RepositoryArn;
    type Output = UploadLayerPartResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let upload = read_upload_id(&input.upload_id)?;
        let chunk = read_part(context, &arn, &upload, input).await?;
        let operations = Arc::clone(&context.doors.operations);
        let (into, id) = (arn.clone(), upload.clone());
        let progress = context
            .doors
            .tasks
            .finish(async move { operations.append_to_upload(&into, &id, chunk, Door::Aws).await })
            .await?;
        Ok(UploadLayerPartResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            upload_id: Some(upload.to_string()),
            last_byte_received: progress.received_bytes.checked_sub(1).map(sizes::bytes),
        })
    }
}

/// Reads a part, which must have as many bytes as its first and last byte say.
async fn read_part(
    context: &Context<'_>,
    arn: &RepositoryArn,
    upload: &UploadId,
    input: UploadLayerPartRequest,
) -> Result<Chunk, Refused> {
    let UploadLayerPartRequest { part_first_byte: first, part_last_byte: last, .. } = input;
    let bytes = Bytes::from(input.layer_part_blob);
    let length = bytes.len() as u64;
    let stated = last.checked_sub(first).and_then(|length| u64::try_from(length + 1).ok());
    if stated != Some(length) {
        let received = context.operations().find_upload(arn, upload).await?;
        let text = format!(
            "The layer part has {length} bytes, which is not the range from byte {first} to byte {last}"
        );
        return Err(invalid_layer_part(arn, upload, received, text).into());
    }
    context.doors.metrics.received_bytes.inc_by(length);
    Ok(Chunk {
        first_byte: u64::try_from(first).ok(),
        length: Some(length),
        expected: None,
        body: Box::pin(stream::iter([Ok(bytes)])),
    })
}
