//! ListUserTags.

use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListUserTagsRequest, ListUserTagsResponse, Tag};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::{List, Listed};

pub(in crate::doors::aws) struct ListUserTags;

impl Call for ListUserTags {
    type Input = ListUserTagsRequest;
    type Target = Entity<UserName>;
    type Output = ListUserTagsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "userName", &input.user_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListUserTagsRequest { user_name: _, marker, max_items } = input;
        let Entity { account, name, .. } = &target;
        let list = List::new(context, "ListUserTags", account, &name.folded(), max_items);
        let page = list.page(marker.as_deref())?;
        let rows = context.iam().list_user_tags(account, name, page).await?;
        let Listed { rows, is_truncated, marker } = list.cut(rows, |(key, _)| key.to_lowercase());
        Ok(ListUserTagsResponse {
            tags: rows.into_iter().map(|(key, value)| Tag { key, value }).collect(),
            is_truncated,
            marker,
        })
    }
}
