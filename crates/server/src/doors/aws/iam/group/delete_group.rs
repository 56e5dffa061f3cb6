//! DeleteGroup.

use identity::Caller;
use names::GroupName;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteGroupRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct DeleteGroup;

impl Call for DeleteGroup {
    type Input = DeleteGroupRequest;
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
        let DeleteGroupRequest { group_name: _ } = input;
        context.iam().delete_group(&target.account, &target.name).await?;
        Ok(())
    }
}
