//! TagResource.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::TagResourceRequest;

use super::done::Done;
use super::on_secret::OnSecret;
use super::read;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagResource;

impl Call for TagResource {
    type Input = TagResourceRequest;
    type Target = OnSecret;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tags(read::tags(input.tags.clone()))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        context.operations().tag_secret(&target.wanted, read::tags(input.tags)).await?;
        Ok(Done {})
    }
}
