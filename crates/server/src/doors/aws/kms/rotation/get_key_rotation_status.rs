//! GetKeyRotationStatus.

use identity::Caller;
use kms::RotationStatus;
use names::Timestamp;
use wire::aws::WireRefusal;
use wire::aws::kms::{GetKeyRotationStatusRequest, GetKeyRotationStatusResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct GetKeyRotationStatus;

impl Call for GetKeyRotationStatus {
    type Input = GetKeyRotationStatusRequest;
    type Target = OnKey;
    type Output = GetKeyRotationStatusResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetKeyRotationStatusRequest { key_id: _ } = input;
        let status = context.doors.kms.get_key_rotation_status(&target.arn()?).await?;
        let RotationStatus { arn, days, next_at } = status;
        Ok(GetKeyRotationStatusResponse {
            key_rotation_enabled: Some(days.is_some()),
            key_id: Some(arn.to_string()),
            rotation_period_in_days: days,
            next_rotation_date: next_at.map(Timestamp::as_epoch_seconds),
            on_demand_rotation_start_date: None,
        })
    }
}
