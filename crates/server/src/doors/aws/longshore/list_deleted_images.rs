//! ListDeletedImages: which images were deleted or expired and can be restored.

use identity::Caller;
use names::{Digest, ImageTag, MediaType, RepositoryArn};
use operations::{DeletedImageKey, RestorableImage};
use wire::aws::WireRefusal;
use wire::aws::longshore::{
    DeletedImage, DeletionCause, ListDeletedImagesRequest, ListDeletedImagesResponse,
};

use super::super::call::{Call, Context, repository};
use super::super::failure::Refused;
use super::super::pages::{LIMIT, Pages, limit};
use super::super::sizes;
use super::image_status::write_status;
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListDeletedImages;

impl Call for ListDeletedImages {
    type Input = ListDeletedImagesRequest;
    type Target = RepositoryArn;
    type Output = ListDeletedImagesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let resource = Resource::Repository(arn.clone());
        let limit = limit(input.max_results, LIMIT);
        let pages = Pages::new(context, "ListDeletedImages", &resource, "", limit);
        let after = pages.after::<i64>(input.next_token.as_deref())?.map(DeletedImageKey);
        let listed = context.operations().list_deleted_images(&arn, after, pages.rows()).await?;
        let (images, next_token) = pages.cut(listed, |image| image.key.0);
        let images = Some(images.iter().map(write).collect());
        let undo_days = i64::try_from(context.operations().undo_days()).ok();
        Ok(ListDeletedImagesResponse { images, undo_days, next_token })
    }
}

/// An image that can be restored.
pub(super) fn write(image: &RestorableImage) -> DeletedImage {
    let cause = match image.cause {
        operations::DeletionCause::Deleted => DeletionCause::Deleted,
        operations::DeletionCause::Expired => DeletionCause::Expired,
    };
    DeletedImage {
        image_digest: Some(image.digest.to_string()),
        image_tags: Some(image.tags.iter().map(ImageTag::to_string).collect()),
        image_manifest_media_type: Some(image.media_type.to_string()),
        artifact_media_type: image.artifact_type.as_ref().map(MediaType::to_string),
        subject_manifest_digest: image.subject.as_ref().map(Digest::to_string),
        image_status: Some(write_status(image.status)),
        image_size_in_bytes: Some(sizes::bytes(image.size_bytes)),
        image_pushed_at: Some(image.pushed_at.as_epoch_seconds()),
        deleted_at: Some(image.deleted_at.as_epoch_seconds()),
        restorable_until: Some(image.restorable_until.as_epoch_seconds()),
        cause: Some(cause),
    }
}
