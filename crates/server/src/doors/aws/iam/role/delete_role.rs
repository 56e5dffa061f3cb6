//! DeleteRole.

use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteRoleRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct DeleteRole;

impl Call for DeleteRole {
    type Input = DeleteRoleRequest;
    type Target = Entity<RoleName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(context.iam().delete_role(&target.account, target.name).await?)
    }
}
