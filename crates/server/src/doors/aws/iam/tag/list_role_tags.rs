//! ListRoleTags.

use iam::Tagged;
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListRoleTagsRequest, ListRoleTagsResponse, Tag};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::List;

pub(in crate::doors::aws) struct ListRoleTags;

impl Call for ListRoleTags {
    type Input = ListRoleTagsRequest;
    type Target = Entity<RoleName>;
    type Output = ListRoleTagsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "roleName", &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tagged = Tagged::Role(target.name.clone());
        let list = List::new(
            context,
            "ListRoleTags",
            &target.account,
            target.name.as_str(),
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_iam_entity_tags(&target.account, tagged, page).await?;
        let listed = list.cut(rows, |(key, _)| key.to_lowercase());
        Ok(ListRoleTagsResponse {
            tags: listed.rows.into_iter().map(|(key, value)| Tag { key, value }).collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
