//! UntagResource.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::UntagResourceRequest;

use super::done::Done;
use super::on_secret::OnSecret;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagResource;

impl Call for UntagResource {
    type Input = UntagResourceRequest;
    type Target = OnSecret;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(input.tag_keys.iter().cloned())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        context.operations().untag_secret(&target.wanted, input.tag_keys).await?;
        Ok(Done {})
    }
}
