//! ListRoles.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListRolesRequest, ListRolesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::lists::List;
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct ListRoles;

impl Call for ListRoles {
    type Input = ListRolesRequest;
    type Target = AccountId;
    type Output = ListRolesResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let list = List::new(context, "ListRoles", &target, &prefix.clone(), input.max_items);
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_roles(&target, prefix, page).await?;
        let listed = list.cut_bounded(rows, |described| described.role.identity.name.folded());
        Ok(ListRolesResponse {
            roles: listed
                .rows
                .into_iter()
                .map(|described| written::listed_role(described.role))
                .collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
