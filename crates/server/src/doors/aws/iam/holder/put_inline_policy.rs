//! PutUserPolicy, PutGroupPolicy, PutRolePolicy.

use names::{GroupName, RoleName, UserName};
use wire::aws::iam::{PutGroupPolicyRequest, PutRolePolicyRequest, PutUserPolicyRequest};

use crate::doors::aws::iam::entity::policy_name;
use crate::doors::aws::iam::read::identity_policy;
use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): PutUserPolicy(PutUserPolicyRequest, user_name) -> ();
    Group(GroupName): PutGroupPolicy(PutGroupPolicyRequest, group_name) -> ();
    Role(RoleName): PutRolePolicy(PutRolePolicyRequest, role_name) -> ();
    => says |_input| RequestKeys::default();
    acts |context, account, holder, input| {
        let name = policy_name(&input.policy_name)?;
        let document = identity_policy(&input.policy_document)?;
        Ok(context.iam().put_inline_policy(account, holder, name, document).await?)
    }
}
