//! UpdateRoleDescription.

use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct UpdateRoleDescription;

impl Call for UpdateRoleDescription {
    type Input = UpdateRoleDescriptionRequest;
    type Target = Entity<RoleName>;
    type Output = UpdateRoleDescriptionResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let Entity { account, name, .. } = target;
        let description = Some(input.description);
        let role = context.iam().update_role(&account, name, description, None).await?;
        Ok(UpdateRoleDescriptionResponse { role: Some(written::role(role)) })
    }
}
