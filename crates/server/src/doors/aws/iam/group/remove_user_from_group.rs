//! RemoveUserFromGroup: authorised on the group.

use identity::Caller;
use names::{GroupName, UserName};
use wire::aws::WireRefusal;
use wire::aws::iam::RemoveUserFromGroupRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, invalid_name, named};

pub(in crate::doors::aws) struct RemoveUserFromGroup;

impl Call for RemoveUserFromGroup {
    type Input = RemoveUserFromGroupRequest;
    type Target = Entity<GroupName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.group_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let RemoveUserFromGroupRequest { group_name: _, user_name } = input;
        let user = UserName::parse(&user_name).map_err(|_| invalid_name("userName"))?;
        let Entity { account, name, .. } = &target;
        context.iam().remove_user_from_group(account, name, &user).await?;
        Ok(())
    }
}
