//! UpdateAssumeRolePolicy.

use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::UpdateAssumeRolePolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::read::trust_policy;

pub(in crate::doors::aws) struct UpdateAssumeRolePolicy;

impl Call for UpdateAssumeRolePolicy {
    type Input = UpdateAssumeRolePolicyRequest;
    type Target = Entity<RoleName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let Entity { account, name, .. } = target;
        let document = trust_policy(&input.policy_document)?;
        Ok(context.iam().update_assume_role_policy(&account, name, document).await?)
    }
}
