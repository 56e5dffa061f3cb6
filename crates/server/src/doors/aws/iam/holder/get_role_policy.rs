//! GetRolePolicy.

use iam::PolicyHolder;
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetRolePolicyRequest, GetRolePolicyResponse};
use wire::aws::query::escaped_document;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named, policy_name};

pub(in crate::doors::aws) struct GetRolePolicy;

impl Call for GetRolePolicy {
    type Input = GetRolePolicyRequest;
    type Target = Entity<RoleName>;
    type Output = GetRolePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "roleName", &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let name = policy_name(&input.policy_name)?;
        let holder = PolicyHolder::Role(target.name);
        let found = context.iam().get_inline_policy(&target.account, holder, name).await?;
        Ok(GetRolePolicyResponse {
            role_name: input.role_name,
            policy_name: input.policy_name,
            policy_document: escaped_document(&found),
        })
    }
}
