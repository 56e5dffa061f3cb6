//! ListTagHistory: which images tags named before, and what moved them.

use identity::Caller;
use names::{Digest, ImageTag, RepositoryArn};
use operations::{TagMove, TagMover};
use wire::aws::WireRefusal;
use wire::aws::longshore::{self, ListTagHistoryRequest, ListTagHistoryResponse, MovedThrough};

use super::super::call::{Call, Context, repository};
use super::super::ecr::image::image_ids::read_tag;
use super::super::failure::Refused;
use super::super::pages::{LIMIT, Pages, limit};
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListTagHistory;

impl Call for ListTagHistory {
    type Input = ListTagHistoryRequest;
    type Target = RepositoryArn;
    type Output = ListTagHistoryResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tag = input.image_tag.as_deref();
        let tag = tag.map(|text| read_tag("ImageTag", text)).transpose()?;
        let resource = Resource::Repository(arn.clone());
        let filter = tag.as_ref().map_or("", ImageTag::as_str);
        let limit = limit(input.max_results, LIMIT);
        let pages = Pages::new(context, "ListTagHistory", &resource, filter, limit);
        let before = pages.after::<i64>(input.next_token.as_deref())?;
        let listed = context.operations().list_tag_history(&arn, tag.clone(), before, pages.rows());
        let (moves, next_token) = pages.cut(listed.await?, |found| found.id);
        let moves = Some(moves.into_iter().map(write).collect());
        Ok(ListTagHistoryResponse { moves, next_token })
    }
}

fn write(found: TagMove) -> longshore::TagMove {
    let TagMove { id: _, tag, from, to, mover: TagMover { by, through, at } } = found;
    longshore::TagMove {
        image_tag: Some(tag.to_string()),
        from_image_digest: from.as_ref().map(Digest::to_string),
        to_image_digest: to.as_ref().map(Digest::to_string),
        moved_at: Some(at.as_epoch_seconds()),
        moved_by: by,
        moved_through: Some(write_through(through)),
    }
}

fn write_through(through: names::MovedThrough) -> MovedThrough {
    match through {
        names::MovedThrough::AwsApi => MovedThrough::AwsApi,
        names::MovedThrough::OciApi => MovedThrough::OciApi,
        names::MovedThrough::Rollback => MovedThrough::Rollback,
        names::MovedThrough::Restore => MovedThrough::Restore,
        names::MovedThrough::LifecyclePolicy => MovedThrough::LifecyclePolicy,
        names::MovedThrough::PullThroughCache => MovedThrough::PullThroughCache,
    }
}
