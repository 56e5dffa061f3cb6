//! CreateInstanceProfile.

use identity::Caller;
use names::InstanceProfileName;
use wire::aws::WireRefusal;
use wire::aws::iam::{CreateInstanceProfileRequest, CreateInstanceProfileResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named, path};
use crate::doors::aws::iam::tagging;
use crate::doors::aws::iam::written;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateInstanceProfile;

impl Call for CreateInstanceProfile {
    type Input = CreateInstanceProfileRequest;
    type Target = Entity<InstanceProfileName>;
    type Output = CreateInstanceProfileResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let (path, name) = (path(input.path.as_deref())?, &input.instance_profile_name);
        Ok(named::<InstanceProfileName>(caller, name)?.at(&path))
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        match input.tags.as_deref() {
            None | Some([]) => &[],
            Some(_) => &["iam:TagInstanceProfile"],
        }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(input.tags.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (path, tags) = (path(input.path.as_deref())?, tagging::pairs(input.tags));
        let Entity { account, name, .. } = target;
        let made = context.iam().create_instance_profile(&account, path, name, tags).await?;
        Ok(CreateInstanceProfileResponse { instance_profile: written::instance_profile(made) })
    }
}
