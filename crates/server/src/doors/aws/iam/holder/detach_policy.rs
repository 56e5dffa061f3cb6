//! DetachUserPolicy, DetachGroupPolicy, DetachRolePolicy.

use iam::{Failure, Missing};
use names::{GroupName, PolicyArn, RoleName, UserName};
use wire::aws::iam::{DetachGroupPolicyRequest, DetachRolePolicyRequest, DetachUserPolicyRequest};

use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): DetachUserPolicy(DetachUserPolicyRequest, user_name) -> ();
    Group(GroupName): DetachGroupPolicy(DetachGroupPolicyRequest, group_name) -> ();
    Role(RoleName): DetachRolePolicy(DetachRolePolicyRequest, role_name) -> ();
    => says |input| RequestKeys::default().with("iam:PolicyARN", input.policy_arn.as_str());
    acts |context, account, holder, input| {
        let Ok(arn) = PolicyArn::parse(&input.policy_arn) else {
            // No policy has such an ARN, so none is attached.
            return Err(Failure::from(Missing::Attachment(input.policy_arn)).into());
        };
        Ok(context.iam().detach_policy(account, holder, arn).await?)
    }
}
