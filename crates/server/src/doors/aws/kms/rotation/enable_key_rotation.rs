//! EnableKeyRotation.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::EnableKeyRotationRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct EnableKeyRotation;

impl Call for EnableKeyRotation {
    type Input = EnableKeyRotationRequest;
    type Target = OnKey;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let days = input.rotation_period_in_days.map(|days| days.to_string());
        RequestKeys::default().with_maybe("kms:RotationPeriodInDays", days)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let EnableKeyRotationRequest { key_id: _, rotation_period_in_days: days } = input;
        context.doors.kms.enable_key_rotation(&target.arn()?, days).await?;
        Ok(Done {})
    }
}
