//! ListGroups.

use identity::Caller;
use names::GroupName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListGroupsRequest, ListGroupsResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::filed::{Filed, filed};
use crate::doors::aws::iam::lists::{List, Listed};
use crate::doors::aws::iam::people;

pub(in crate::doors::aws) struct ListGroups;

impl Call for ListGroups {
    type Input = ListGroupsRequest;
    type Target = Filed;
    type Output = ListGroupsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(filed::<GroupName>(caller, input.path_prefix.as_deref()))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListGroupsRequest { path_prefix: _, marker, max_items } = input;
        let Filed { account, path_prefix, .. } = target;
        let list = List::new(context, "ListGroups", &account, &path_prefix, max_items);
        let page = list.page(marker.as_deref())?;
        let rows = context.iam().list_groups(&account, path_prefix, page).await?;
        let Listed { rows, is_truncated, marker } = list.cut(rows, |group| group.name.folded());
        let groups = rows.iter().map(people::group).collect();
        Ok(ListGroupsResponse { groups, is_truncated, marker })
    }
}
