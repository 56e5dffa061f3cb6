//! ListAttachedUserPolicies, ListAttachedGroupPolicies, ListAttachedRolePolicies.

use names::{GroupName, RoleName, UserName};
use wire::aws::iam::{
    ListAttachedGroupPoliciesRequest, ListAttachedGroupPoliciesResponse,
    ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse,
    ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse,
};

use crate::doors::aws::iam::lists::{List, Named};
use crate::doors::aws::iam::written;
use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): ListAttachedUserPolicies(ListAttachedUserPoliciesRequest, user_name) -> ListAttachedUserPoliciesResponse;
    Group(GroupName): ListAttachedGroupPolicies(ListAttachedGroupPoliciesRequest, group_name) -> ListAttachedGroupPoliciesResponse;
    Role(RoleName): ListAttachedRolePolicies(ListAttachedRolePoliciesRequest, role_name) -> ListAttachedRolePoliciesResponse;
    => says |_input| RequestKeys::default();
    acts |context, account, holder, input| {
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let filter = format!("{}\n{prefix}", holder.name());
        let list = List::new(context, Self::NAME, account, &filter, input.max_items);
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_attached_policies(account, holder, prefix, page).await?;
        let listed = list.cut(rows, |held| held.policy_arn.to_string());
        Ok(Self::Output {
            attached_policies: Some(listed.rows.into_iter().map(written::attachment).collect()),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
