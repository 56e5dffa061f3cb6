//! UpdateRole.

use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{UpdateRoleRequest, UpdateRoleResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::unavailable::refuse_signin_duration;

pub(in crate::doors::aws) struct UpdateRole;

impl Call for UpdateRole {
    type Input = UpdateRoleRequest;
    type Target = Entity<RoleName>;
    type Output = UpdateRoleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        // There is no such setting, so there is nothing to reset.
        refuse_signin_duration(input.max_signin_session_duration)?;
        let Entity { account, name, .. } = target;
        let seconds = input.max_session_duration.and_then(|seconds| u64::try_from(seconds).ok());
        context.iam().update_role(&account, name, input.description, seconds).await?;
        Ok(UpdateRoleResponse {})
    }
}
