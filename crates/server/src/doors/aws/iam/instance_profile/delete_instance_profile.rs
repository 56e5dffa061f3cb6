//! DeleteInstanceProfile.

use identity::Caller;
use names::InstanceProfileName;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteInstanceProfileRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};

pub(in crate::doors::aws) struct DeleteInstanceProfile;

impl Call for DeleteInstanceProfile {
    type Input = DeleteInstanceProfileRequest;
    type Target = Entity<InstanceProfileName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.instance_profile_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(context.iam().delete_instance_profile(&target.account, target.name).await?)
    }
}
