//! TagUser.

use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::TagUserRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::tagging;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagUser;

impl Call for TagUser {
    type Input = TagUserRequest;
    type Target = Entity<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "userName", &input.user_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(Some(&input.tags))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let TagUserRequest { user_name: _, tags } = input;
        let tags = tagging::pairs(Some(tags));
        context.iam().tag_user(&target.account, &target.name, tags).await?;
        Ok(())
    }
}
