//! DeleteRolePolicy.

use iam::PolicyHolder;
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteRolePolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named, policy_name};

pub(in crate::doors::aws) struct DeleteRolePolicy;

impl Call for DeleteRolePolicy {
    type Input = DeleteRolePolicyRequest;
    type Target = Entity<RoleName>;
    type Output = ();

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
        Ok(context.iam().delete_inline_policy(&target.account, holder, name).await?)
    }
}
