//! UntagRole.

use iam::Tagged;
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::UntagRoleRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagRole;

impl Call for UntagRole {
    type Input = UntagRoleRequest;
    type Target = Entity<RoleName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "roleName", &input.role_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(input.tag_keys.iter().cloned())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, keys) = (Tagged::Role(target.name), input.tag_keys);
        Ok(context.iam().untag_iam_entity(&target.account, tagged, keys).await?)
    }
}
