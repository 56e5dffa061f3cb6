//! UpdateGroup.

use identity::Caller;
use names::GroupName;
use wire::aws::WireRefusal;
use wire::aws::iam::UpdateGroupRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{invalid_name, named, path};
use crate::doors::aws::iam::moved::Moved;

pub(in crate::doors::aws) struct UpdateGroup;

impl Call for UpdateGroup {
    type Input = UpdateGroupRequest;
    type Target = Moved<GroupName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let from = named(caller, &input.group_name)?;
        let new_path = input.new_path.as_deref().map(|text| path(Some(text))).transpose()?;
        let new_name = input.new_group_name.as_deref().map(GroupName::parse).transpose();
        let new_name = new_name.map_err(|_| invalid_name("newGroupName"))?;
        Ok(Moved { from, new_path, new_name })
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UpdateGroupRequest { group_name: _, new_path: _, new_group_name: _ } = input;
        let Moved { from, new_path, new_name } = target;
        context.iam().update_group(&from.account, &from.name, new_path, new_name).await?;
        Ok(())
    }
}
