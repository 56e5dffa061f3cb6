//! PutRolePolicy.

use iam::PolicyHolder;
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::PutRolePolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named, policy_name};

pub(in crate::doors::aws) struct PutRolePolicy;

impl Call for PutRolePolicy {
    type Input = PutRolePolicyRequest;
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
        let (name, document) = (policy_name(&input.policy_name)?, input.policy_document);
        let holder = PolicyHolder::Role(target.name);
        Ok(context.iam().put_inline_policy(&target.account, holder, name, document).await?)
    }
}
