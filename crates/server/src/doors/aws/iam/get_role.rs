//! GetRole.

use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetRoleRequest, GetRoleResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::entity::{Entity, named};
use super::written;

pub(in crate::doors::aws) struct GetRole;

impl Call for GetRole {
    type Input = GetRoleRequest;
    type Target = Entity<RoleName>;
    type Output = GetRoleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "roleName", &input.role_name)
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
