//! BatchDeleteImage.

use identity::Caller;
use names::{ImageTag, RepositoryArn};
use operations::DeletedImage;
use wire::aws::WireRefusal;
use wire::aws::ecr::{BatchDeleteImageRequest, BatchDeleteImageResponse, ImageIdentifier};

use super::image_ids;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct BatchDeleteImage;

impl Call for BatchDeleteImage {
    type Input = BatchDeleteImageRequest;
    type Target = RepositoryArn;
    type Output = BatchDeleteImageResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (meant, reasons) = image_ids::read_batch(&input.image_ids);
        let outcomes =
            context.operations().batch_delete_image(&arn, meant, &context.mover()).await?;
        let (mut deleted, mut failures) = (Vec::new(), Vec::new());
        for (asked, outcome) in image_ids::join_batch(input.image_ids, reasons, outcomes) {
            match outcome {
                Ok(gone) => deleted.extend(gone.into_iter().map(write)),
                Err(reason) => failures.push(reason.about(asked)),
            }
        }
        Ok(BatchDeleteImageResponse { image_ids: Some(deleted), failures: Some(failures) })
    }
}

fn write(deleted: DeletedImage) -> ImageIdentifier {
    let DeletedImage { digest, tag } = deleted;
    ImageIdentifier {
        image_digest: Some(digest.to_string()),
        image_tag: tag.as_ref().map(ImageTag::to_string),
    }
}
