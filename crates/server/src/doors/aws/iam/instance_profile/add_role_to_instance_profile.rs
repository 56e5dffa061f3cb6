//! AddRoleToInstanceProfile.

use identity::Caller;
use names::{InstanceProfileName, RoleName};
use wire::aws::WireRefusal;
use wire::aws::iam::AddRoleToInstanceProfileRequest;

use crate::doors::aws::call::{Call, Context, Target, require};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct AddRoleToInstanceProfile;

impl Call for AddRoleToInstanceProfile {
    type Input = AddRoleToInstanceProfileRequest;
    type Target = Entity<InstanceProfileName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.instance_profile_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let mut role = named::<RoleName>(context.caller, &input.role_name)?;
        role.locate(context.iam()).await?;
        // Machines act as the role from now on, so the caller must be allowed to pass it on.
        let keys =
            role.said(RequestKeys::default().with("iam:PassedToService", "ec2.amazonaws.com"));
        require(&context.asking(), "iam:PassRole", &role.resources(), &keys).await?;
        let Entity { account, name, .. } = target;
        Ok(context.iam().add_role_to_instance_profile(&account, name, role.name).await?)
    }
}
