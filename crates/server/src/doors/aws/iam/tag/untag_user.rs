//! UntagUser.

use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::UntagUserRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagUser;

impl Call for UntagUser {
    type Input = UntagUserRequest;
    type Target = Entity<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "userName", &input.user_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(input.tag_keys.iter().cloned())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UntagUserRequest { user_name: _, tag_keys } = input;
        context.iam().untag_user(&target.account, &target.name, tag_keys).await?;
        Ok(())
    }
}
