//! RemoveRoleFromInstanceProfile.

use identity::Caller;
use names::{InstanceProfileName, RoleName};
use wire::aws::WireRefusal;
use wire::aws::iam::RemoveRoleFromInstanceProfileRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct RemoveRoleFromInstanceProfile;

impl Call for RemoveRoleFromInstanceProfile {
    type Input = RemoveRoleFromInstanceProfileRequest;
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
        let role = named::<RoleName>(context.caller, &input.role_name)?.name;
        let Entity { account, name, .. } = target;
        Ok(context.iam().remove_role_from_instance_profile(&account, name, role).await?)
    }
}
