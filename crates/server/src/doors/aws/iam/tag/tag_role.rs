//! TagRole.

use iam::Tagged;
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::TagRoleRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::tagging;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagRole;

impl Call for TagRole {
    type Input = TagRoleRequest;
    type Target = Entity<RoleName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "roleName", &input.role_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(Some(&input.tags))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, tags) = (Tagged::Role(target.name), tagging::pairs(Some(input.tags)));
        Ok(context.iam().tag_iam_entity(&target.account, tagged, tags).await?)
    }
}
