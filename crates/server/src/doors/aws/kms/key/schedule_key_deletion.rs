//! ScheduleKeyDeletion.

use identity::Caller;
use kms::DescribedKey;
use names::Timestamp;
use wire::aws::WireRefusal;
use wire::aws::kms::{ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::written::key_state;
use crate::guard::RequestKeys;

/// How long a key waits for its deletion if the client does not say.
const DAYS_DEFAULT: i64 = 30;

pub(in crate::doors::aws) struct ScheduleKeyDeletion;

impl Call for ScheduleKeyDeletion {
    type Input = ScheduleKeyDeletionRequest;
    type Target = OnKey;
    type Output = ScheduleKeyDeletionResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let days = input.pending_window_in_days.unwrap_or(DAYS_DEFAULT);
        RequestKeys::default().with("kms:ScheduleKeyDeletionPendingWindowInDays", days.to_string())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ScheduleKeyDeletionRequest { key_id: _, pending_window_in_days } = input;
        let days = pending_window_in_days.unwrap_or(DAYS_DEFAULT);
        let DescribedKey { key, state } =
            context.doors.kms.schedule_key_deletion(&target.arn()?, days).await?;
        Ok(ScheduleKeyDeletionResponse {
            key_id: Some(key.arn.to_string()),
            deletion_date: key.delete_at.map(Timestamp::as_epoch_seconds),
            key_state: Some(key_state(state)),
            pending_window_in_days: Some(days),
        })
    }
}
