//! DeleteUser.

use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteUserRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct DeleteUser;

impl Call for DeleteUser {
    type Input = DeleteUserRequest;
    type Target = Entity<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.user_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DeleteUserRequest { user_name: _ } = input;
        context.iam().delete_user(&target.account, &target.name).await?;
        Ok(())
    }
}
