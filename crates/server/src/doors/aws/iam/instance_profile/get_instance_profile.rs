//! GetInstanceProfile.

use identity::Caller;
use names::InstanceProfileName;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetInstanceProfileRequest, GetInstanceProfileResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct GetInstanceProfile;

impl Call for GetInstanceProfile {
    type Input = GetInstanceProfileRequest;
    type Target = Entity<InstanceProfileName>;
    type Output = GetInstanceProfileResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.instance_profile_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let found = context.iam().get_instance_profile(&target.account, target.name).await?;
        Ok(GetInstanceProfileResponse { instance_profile: written::instance_profile(found) })
    }
}
