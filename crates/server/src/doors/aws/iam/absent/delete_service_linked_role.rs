//! DeleteServiceLinkedRole: there are no such roles here.

use iam::{Failure, IamRefusal};
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct DeleteServiceLinkedRole;

impl Call for DeleteServiceLinkedRole {
    type Input = DeleteServiceLinkedRoleRequest;
    type Target = Entity<RoleName>;
    type Output = DeleteServiceLinkedRoleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DeleteServiceLinkedRoleRequest { role_name: _ } = input;
        let Entity { account, name, .. } = target;
        context.iam().get_role(&account, name.clone()).await?;
        let text = format!("Role {name} is not a service linked role.");
        Err(Failure::from(IamRefusal::InvalidInput(text)).into())
    }
}
