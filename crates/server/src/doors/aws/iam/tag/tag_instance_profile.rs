//! TagInstanceProfile.

use iam::Tagged;
use identity::Caller;
use names::InstanceProfileName;
use wire::aws::WireRefusal;
use wire::aws::iam::TagInstanceProfileRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::tagging;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagInstanceProfile;

impl Call for TagInstanceProfile {
    type Input = TagInstanceProfileRequest;
    type Target = Entity<InstanceProfileName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "instanceProfileName", &input.instance_profile_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(Some(&input.tags))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, tags) =
            (Tagged::InstanceProfile(target.name), tagging::pairs(Some(input.tags)));
        Ok(context.iam().tag_iam_entity(&target.account, tagged, tags).await?)
    }
}
