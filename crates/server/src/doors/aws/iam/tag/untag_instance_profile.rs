//! UntagInstanceProfile.

use iam::Tagged;
use identity::Caller;
use names::InstanceProfileName;
use wire::aws::WireRefusal;
use wire::aws::iam::UntagInstanceProfileRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagInstanceProfile;

impl Call for UntagInstanceProfile {
    type Input = UntagInstanceProfileRequest;
    type Target = Entity<InstanceProfileName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "instanceProfileName", &input.instance_profile_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(input.tag_keys.iter().cloned())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, keys) = (Tagged::InstanceProfile(target.name), input.tag_keys);
        Ok(context.iam().untag_iam_entity(&target.account, tagged, keys).await?)
    }
}
