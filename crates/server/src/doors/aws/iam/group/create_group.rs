//! CreateGroup.

use identity::Caller;
use names::GroupName;
use wire::aws::WireRefusal;
use wire::aws::iam::{CreateGroupRequest, CreateGroupResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named, path};
use crate::doors::aws::iam::people;

pub(in crate::doors::aws) struct CreateGroup;

impl Call for CreateGroup {
    type Input = CreateGroupRequest;
    type Target = Entity<GroupName>;
    type Output = CreateGroupResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let path = path(input.path.as_deref())?;
        Ok(named(caller, &input.group_name)?.at(&path))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let CreateGroupRequest { path: filed, group_name: _ } = input;
        let path = path(filed.as_deref())?;
        let created = context.iam().create_group(&target.account, target.name, path).await?;
        Ok(CreateGroupResponse { group: people::group(&created) })
    }
}
