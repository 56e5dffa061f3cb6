//! GetRole.

use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetRoleRequest, GetRoleResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct GetRole;

impl Call for GetRole {
    type Input = GetRoleRequest;
    type Target = Entity<RoleName>;
    type Output = GetRoleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let found = context.iam().get_role(&target.account, target.name).await?;
        Ok(GetRoleResponse { role: written::role(found) })
    }
}
