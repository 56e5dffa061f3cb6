//! DeleteUserPolicy, DeleteGroupPolicy, DeleteRolePolicy.

use names::{GroupName, RoleName, UserName};
use wire::aws::iam::{DeleteGroupPolicyRequest, DeleteRolePolicyRequest, DeleteUserPolicyRequest};

use crate::doors::aws::iam::entity::policy_name;
use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): DeleteUserPolicy(DeleteUserPolicyRequest, user_name) -> ();
    Group(GroupName): DeleteGroupPolicy(DeleteGroupPolicyRequest, group_name) -> ();
    Role(RoleName): DeleteRolePolicy(DeleteRolePolicyRequest, role_name) -> ();
    => says |_input| RequestKeys::default();
    acts |context, account, holder, input| {
        let name = policy_name(&input.policy_name)?;
        Ok(context.iam().delete_inline_policy(account, holder, name).await?)
    }
}
