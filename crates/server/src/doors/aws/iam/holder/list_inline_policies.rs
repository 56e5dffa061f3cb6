//! ListUserPolicies, ListGroupPolicies, ListRolePolicies.

use names::{GroupName, PolicyName, RoleName, UserName};
use wire::aws::iam::{
    ListGroupPoliciesRequest, ListGroupPoliciesResponse, ListRolePoliciesRequest,
    ListRolePoliciesResponse, ListUserPoliciesRequest, ListUserPoliciesResponse,
};

use crate::doors::aws::iam::lists::{List, Named};
use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): ListUserPolicies(ListUserPoliciesRequest, user_name) -> ListUserPoliciesResponse;
    Group(GroupName): ListGroupPolicies(ListGroupPoliciesRequest, group_name) -> ListGroupPoliciesResponse;
    Role(RoleName): ListRolePolicies(ListRolePoliciesRequest, role_name) -> ListRolePoliciesResponse;
    => says |_input| RequestKeys::default();
    acts |context, account, holder, input| {
        let list = List::new(context, Self::NAME, account, holder.name(), input.max_items);
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_inline_policies(account, holder, page).await?;
        let listed = list.cut(rows, PolicyName::to_string);
        Ok(Self::Output {
            policy_names: listed.rows.iter().map(PolicyName::to_string).collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
