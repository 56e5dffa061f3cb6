//! CancelKeyDeletion.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{CancelKeyDeletionRequest, CancelKeyDeletionResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct CancelKeyDeletion;

impl Call for CancelKeyDeletion {
    type Input = CancelKeyDeletionRequest;
    type Target = OnKey;
    type Output = CancelKeyDeletionResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let CancelKeyDeletionRequest { key_id: _ } = input;
        let arn = target.arn()?;
        context.doors.kms.cancel_key_deletion(&arn).await?;
        Ok(CancelKeyDeletionResponse { key_id: Some(arn.to_string()) })
    }
}
