//! UpdateImageStorageClass.

use identity::Caller;
use names::{ImageStatus, RepositoryArn, StorageClass};
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    self, ImageIdentifier, TargetStorageClass, UpdateImageStorageClassRequest,
    UpdateImageStorageClassResponse,
};

use super::image_ids;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct UpdateImageStorageClass;

impl Call for UpdateImageStorageClass {
    type Input = UpdateImageStorageClassRequest;
    type Target = RepositoryArn;
    type Output = UpdateImageStorageClassResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ImageIdentifier { image_digest, image_tag } = input.image_id;
        let id = image_ids::read_one("imageId", image_digest.as_deref(), image_tag.as_deref())?;
        let target = match input.target_storage_class {
            TargetStorageClass::Standard => StorageClass::Standard,
            TargetStorageClass::Archive => StorageClass::Archive,
        };
        let verb = context.operations().update_image_storage_class(&arn, id, target);
        let (digest, status) = verb.await?;
        Ok(UpdateImageStorageClassResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            image_id: Some(ImageIdentifier { image_digest: Some(digest.to_string()), image_tag }),
            image_status: Some(write(status)),
        })
    }
}

/// The status of an image, in the words of the API.
pub(super) fn write(status: ImageStatus) -> ecr::ImageStatus {
    match status {
        ImageStatus::Active => ecr::ImageStatus::Active,
        ImageStatus::Archived => ecr::ImageStatus::Archived,
        ImageStatus::Activating => ecr::ImageStatus::Activating,
    }
}
