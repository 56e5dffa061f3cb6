//! DetachUserPolicy, DetachGroupPolicy, DetachRolePolicy.

use names::{GroupName, RoleName, UserName};
use wire::aws::iam::{DetachGroupPolicyRequest, DetachRolePolicyRequest, DetachUserPolicyRequest};

use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): DetachUserPolicy(DetachUserPolicyRequest, user_name) -> ();
    Group(GroupName): DetachGroupPolicy(DetachGroupPolicyRequest, group_name) -> ();
    Role(RoleName): DetachRolePolicy(DetachRolePolicyRequest, role_name) -> ();
    => says |input| RequestKeys::default().with("iam:PolicyARN", input.policy_arn.as_str());
    acts |context, account, holder, input| {
        Ok(context.iam().detach_policy(account, holder, input.policy_arn).await?)
    }
}
