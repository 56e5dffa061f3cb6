//! ListGroupsForUser.

use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListGroupsForUserRequest, ListGroupsForUserResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::{List, Listed};
use crate::doors::aws::iam::people;

pub(in crate::doors::aws) struct ListGroupsForUser;

impl Call for ListGroupsForUser {
    type Input = ListGroupsForUserRequest;
    type Target = Entity<UserName>;
    type Output = ListGroupsForUserResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.user_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListGroupsForUserRequest { user_name: _, marker, max_items } = input;
        let Entity { account, name, .. } = &target;
        let list = List::new(context, "ListGroupsForUser", account, &name.folded(), max_items);
        let page = list.page(marker.as_deref())?;
        let rows = context.iam().list_groups_for_user(account, name, page).await?;
        let Listed { rows, is_truncated, marker } = list.cut(rows, |group| group.id.to_string());
        let groups = rows.iter().map(people::group).collect();
        Ok(ListGroupsForUserResponse { groups, is_truncated, marker })
    }
}
