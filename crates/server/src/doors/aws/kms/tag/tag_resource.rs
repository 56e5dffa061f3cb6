//! TagResource.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::TagResourceRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::{require_few_tags, tag_keys, tags};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagResource;

impl Call for TagResource {
    type Input = TagResourceRequest;
    type Target = OnKey;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        require_few_tags(input.tags.len())?;
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tag_keys(&input.tags)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let TagResourceRequest { key_id: _, tags: wanted } = input;
        context.doors.kms.tag_resource(&target.arn()?, tags(wanted)).await?;
        Ok(Done {})
    }
}
