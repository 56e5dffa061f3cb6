//! What operations of our own service say of an image that is gone, to callers who may list such
//! images.

use names::{ImageId, RepositoryArn};
use operations::{Failure, ImageRefusal, Refusal, RestorableImage};

use super::super::call::Context;
use super::super::failure::Refused;
use crate::guard::{RequestKeys, Resource};

/// The deleted image of this name that can be restored. Other callers read no more than that there
/// is no such image.
pub(super) async fn find_restorable(
    context: &Context<'_>,
    arn: &RepositoryArn,
    id: &ImageId,
) -> Result<Option<RestorableImage>, Refused> {
    let repository = Resource::Repository(arn.clone());
    let asking = context.asking();
    if !asking.allows("ecr:DescribeImages", &repository, &RequestKeys::default()).await? {
        return Ok(None);
    }
    Ok(context.operations().find_restorable_image(arn, id).await?)
}

/// The image that is not there, if that is the reason.
pub(super) fn missing_image(failure: &Failure) -> Option<&ImageId> {
    match failure {
        Failure::Refused(Refusal::Image(ImageRefusal::NotFound { image, .. })) => Some(image),
        Failure::Refused(_) | Failure::Fault(_) => None,
    }
}
