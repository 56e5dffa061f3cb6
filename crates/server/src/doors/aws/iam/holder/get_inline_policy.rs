//! GetUserPolicy, GetGroupPolicy, GetRolePolicy.

use names::{GroupName, RoleName, UserName};
use wire::aws::iam::{
    GetGroupPolicyRequest, GetGroupPolicyResponse, GetRolePolicyRequest, GetRolePolicyResponse,
    GetUserPolicyRequest, GetUserPolicyResponse,
};
use wire::aws::query::escaped_document;

use crate::doors::aws::iam::entity::policy_name;
use crate::guard::RequestKeys;

for_each_holder! {
    User(UserName): GetUserPolicy(GetUserPolicyRequest, user_name) -> GetUserPolicyResponse;
    Group(GroupName): GetGroupPolicy(GetGroupPolicyRequest, group_name) -> GetGroupPolicyResponse;
    Role(RoleName): GetRolePolicy(GetRolePolicyRequest, role_name) -> GetRolePolicyResponse;
    => says |_input| RequestKeys::default();
    acts |context, account, holder, input| {
        let name = policy_name(&input.policy_name)?;
        let found = context.iam().get_inline_policy(account, holder, name).await?;
        Ok(input.answered(escaped_document(&found)))
    }
}

/// An input that is repeated in its answer.
trait Answered {
    type Answer;

    fn answered(self, policy_document: String) -> Self::Answer;
}

macro_rules! answered {
    ($($request:ident -> $response:ident { $member:ident })+) => {
        $(
            impl Answered for $request {
                type Answer = $response;

                fn answered(self, policy_document: String) -> $response {
                    let Self { $member, policy_name } = self;
                    $response { $member, policy_name, policy_document }
                }
            }
        )+
    };
}

answered! {
    GetUserPolicyRequest -> GetUserPolicyResponse { user_name }
    GetGroupPolicyRequest -> GetGroupPolicyResponse { group_name }
    GetRolePolicyRequest -> GetRolePolicyResponse { role_name }
}
