//! DeleteUserPermissionsBoundary.

use iam::Bounded;
use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteUserPermissionsBoundaryRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct DeleteUserPermissionsBoundary;

impl Call for DeleteUserPermissionsBoundary {
    type Input = DeleteUserPermissionsBoundaryRequest;
    type Target = Entity<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.user_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let Entity { account, name, .. } = target;
        Ok(context.iam().put_permissions_boundary(&account, Bounded::User(name), None).await?)
    }
}
