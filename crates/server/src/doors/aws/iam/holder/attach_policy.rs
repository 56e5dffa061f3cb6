//! AttachUserPolicy, AttachGroupPolicy, AttachRolePolicy.

use names::{GroupName, RoleName, UserName};
use wire::aws::iam::{AttachGroupPolicyRequest, AttachRolePolicyRequest, AttachUserPolicyRequest};

use crate::doors::aws::iam::read::policy_arn;
use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): AttachUserPolicy(AttachUserPolicyRequest, user_name) -> ();
    Group(GroupName): AttachGroupPolicy(AttachGroupPolicyRequest, group_name) -> ();
    Role(RoleName): AttachRolePolicy(AttachRolePolicyRequest, role_name) -> ();
    => says |input| RequestKeys::default().with("iam:PolicyARN", input.policy_arn.as_str());
    acts |context, account, holder, input| {
        let arn = policy_arn(&input.policy_arn)?;
        Ok(context.iam().attach_policy(account, holder, arn).await?)
    }
}
