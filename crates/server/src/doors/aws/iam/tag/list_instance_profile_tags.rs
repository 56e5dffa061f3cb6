//! ListInstanceProfileTags.

use iam::Tagged;
use identity::Caller;
use names::InstanceProfileName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse, Tag};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::List;

pub(in crate::doors::aws) struct ListInstanceProfileTags;

impl Call for ListInstanceProfileTags {
    type Input = ListInstanceProfileTagsRequest;
    type Target = Entity<InstanceProfileName>;
    type Output = ListInstanceProfileTagsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "instanceProfileName", &input.instance_profile_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tagged = Tagged::InstanceProfile(target.name.clone());
        let list = List::new(
            context,
            "ListInstanceProfileTags",
            &target.account,
            target.name.as_str(),
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_iam_entity_tags(&target.account, tagged, page).await?;
        let listed = list.cut(rows, |(key, _)| key.to_lowercase());
        Ok(ListInstanceProfileTagsResponse {
            tags: listed.rows.into_iter().map(|(key, value)| Tag { key, value }).collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
