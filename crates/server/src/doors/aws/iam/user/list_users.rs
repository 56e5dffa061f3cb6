//! ListUsers.

use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListUsersRequest, ListUsersResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::filed::{Filed, filed};
use crate::doors::aws::iam::lists::{List, Listed};
use crate::doors::aws::iam::people;

pub(in crate::doors::aws) struct ListUsers;

impl Call for ListUsers {
    type Input = ListUsersRequest;
    type Target = Filed;
    type Output = ListUsersResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(filed::<UserName>(caller, input.path_prefix.as_deref()))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListUsersRequest { path_prefix: _, marker, max_items } = input;
        let Filed { account, path_prefix, .. } = target;
        let list = List::new(context, "ListUsers", &account, &path_prefix, max_items);
        let page = list.page(marker.as_deref())?;
        let rows = context.iam().list_users(&account, path_prefix, page).await?;
        let Listed { rows, is_truncated, marker } =
            list.cut(rows, |user| user.identity.name.folded());
        let users = rows.iter().map(people::listed_user).collect();
        Ok(ListUsersResponse { users, is_truncated, marker })
    }
}
