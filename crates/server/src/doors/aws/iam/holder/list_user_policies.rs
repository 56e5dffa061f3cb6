//! ListUserPolicies.

use iam::PolicyHolder;
use identity::Caller;
use names::{PolicyName, UserName};
use wire::aws::WireRefusal;
use wire::aws::iam::{ListUserPoliciesRequest, ListUserPoliciesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::List;

pub(in crate::doors::aws) struct ListUserPolicies;

impl Call for ListUserPolicies {
    type Input = ListUserPoliciesRequest;
    type Target = Entity<UserName>;
    type Output = ListUserPoliciesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "userName", &input.user_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let holder = PolicyHolder::User(target.name.clone());
        let list = List::new(
            context,
            "ListUserPolicies",
            &target.account,
            target.name.as_str(),
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_inline_policies(&target.account, holder, page).await?;
        let listed = list.cut(rows, PolicyName::to_string);
        Ok(ListUserPoliciesResponse {
            policy_names: listed.rows.iter().map(PolicyName::to_string).collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
