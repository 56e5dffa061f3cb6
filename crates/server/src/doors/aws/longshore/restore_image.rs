//! RestoreImage: brings back an image that was deleted or expired a while ago.

use identity::Caller;
use names::{ImageTag, RepositoryArn};
use operations::{Failure, ImageRefusal, Refusal, RestoredImage, UndoRefusal};
use wire::aws::WireRefusal;
use wire::aws::longshore::{RestoreImageRequest, RestoreImageResponse, TakenTag};

use super::super::call::{Call, Context, repository};
use super::super::ecr::digests;
use super::super::ecr::image::image_ids::read_tag;
use super::super::failure::Refused;
use super::image_status::write_status;

pub(in crate::doors::aws) struct RestoreImage;

impl Call for RestoreImage {
    type Input = RestoreImageRequest;
    type Target = RepositoryArn;
    type Output = RestoreImageResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let digest = digests::read("ImageDigest", &input.image_digest)?;
        let tags = input.image_tags.map(|tags| read_tags(&tags)).transpose()?;
        let principal = &context.caller.principal;
        let restored = context.operations().restore_image(&arn, &digest, tags, principal).await;
        let RestoredImage { digest, tags, taken, status } = restored.map_err(is_there)?;
        let taken = taken.into_iter().map(|(tag, digest)| TakenTag {
            image_tag: Some(tag.to_string()),
            image_digest: Some(digest.to_string()),
        });
        Ok(RestoreImageResponse {
            image_digest: Some(digest.to_string()),
            image_tags: Some(tags.iter().map(ImageTag::to_string).collect()),
            taken_tags: Some(taken.collect()),
            image_status: Some(write_status(status)),
        })
    }
}

/// What ECR says of an image that is there reads as if a push had failed.
fn is_there(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(Refusal::Image(ImageRefusal::AlreadyExists {
            repository,
            digest,
            ..
        })) => UndoRefusal::IsThere { repository, digest }.into(),
        failure => failure,
    }
}

fn read_tags(texts: &[String]) -> Result<Vec<ImageTag>, WireRefusal> {
    texts.iter().map(|text| read_tag("ImageTags", text)).collect()
}
