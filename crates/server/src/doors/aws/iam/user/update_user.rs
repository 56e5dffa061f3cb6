//! UpdateUser.

use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::UpdateUserRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{invalid_name, named, path};
use crate::doors::aws::iam::moved::Moved;

pub(in crate::doors::aws) struct UpdateUser;

impl Call for UpdateUser {
    type Input = UpdateUserRequest;
    type Target = Moved<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let from = named(caller, &input.user_name)?;
        let new_path = input.new_path.as_deref().map(|text| path(Some(text))).transpose()?;
        let new_name = input.new_user_name.as_deref().map(UserName::parse).transpose();
        let new_name = new_name.map_err(|_| invalid_name("newUserName"))?;
        Ok(Moved { from, new_path, new_name })
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UpdateUserRequest { user_name: _, new_path: _, new_user_name: _ } = input;
        let Moved { from, new_path, new_name } = target;
        context.iam().update_user(&from.account, &from.name, new_path, new_name).await?;
        Ok(())
    }
}
