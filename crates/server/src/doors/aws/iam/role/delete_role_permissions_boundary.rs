//! DeleteRolePermissionsBoundary.

use iam::Bounded;
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteRolePermissionsBoundaryRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct DeleteRolePermissionsBoundary;

impl Call for DeleteRolePermissionsBoundary {
    type Input = DeleteRolePermissionsBoundaryRequest;
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
        let Entity { account, name, .. } = target;
        Ok(context.iam().put_permissions_boundary(&account, Bounded::Role(name), None).await?)
    }
}
