//! ListRolePolicies.

use iam::PolicyHolder;
use identity::Caller;
use names::{PolicyName, RoleName};
use wire::aws::WireRefusal;
use wire::aws::iam::{ListRolePoliciesRequest, ListRolePoliciesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::List;

pub(in crate::doors::aws) struct ListRolePolicies;

impl Call for ListRolePolicies {
    type Input = ListRolePoliciesRequest;
    type Target = Entity<RoleName>;
    type Output = ListRolePoliciesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "roleName", &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let holder = PolicyHolder::Role(target.name.clone());
        let list = List::new(
            context,
            "ListRolePolicies",
            &target.account,
            target.name.as_str(),
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_inline_policies(&target.account, holder, page).await?;
        let listed = list.cut(rows, PolicyName::to_string);
        Ok(ListRolePoliciesResponse {
            policy_names: listed.rows.iter().map(PolicyName::to_string).collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
