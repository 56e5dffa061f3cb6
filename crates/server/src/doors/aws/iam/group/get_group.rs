//! GetGroup, with its members in pages.

use identity::Caller;
use names::GroupName;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetGroupRequest, GetGroupResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::{List, Listed};
use crate::doors::aws::iam::people;

pub(in crate::doors::aws) struct GetGroup;

impl Call for GetGroup {
    type Input = GetGroupRequest;
    type Target = Entity<GroupName>;
    type Output = GetGroupResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.group_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetGroupRequest { group_name: _, marker, max_items } = input;
        let Entity { account, name, .. } = &target;
        let list = List::new(context, "GetGroup", account, &name.folded(), max_items);
        let page = list.page(marker.as_deref())?;
        let (group, members) = context.iam().get_group(account, name, page).await?;
        let Listed { rows, is_truncated, marker } =
            list.cut(members, |user| user.identity.id.to_string());
        let users = rows.iter().map(people::listed_user).collect();
        Ok(GetGroupResponse { group: people::group(&group), users, is_truncated, marker })
    }
}
