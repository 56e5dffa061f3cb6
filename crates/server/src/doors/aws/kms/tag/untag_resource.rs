//! UntagResource.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::UntagResourceRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::require_few_tags;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagResource;

impl Call for UntagResource {
    type Input = UntagResourceRequest;
    type Target = OnKey;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        require_few_tags(input.tag_keys.len())?;
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(input.tag_keys.iter().cloned())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UntagResourceRequest { key_id: _, tag_keys } = input;
        context.doors.kms.untag_resource(&target.arn()?, tag_keys).await?;
        Ok(Done {})
    }
}
