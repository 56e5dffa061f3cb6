//! RotateKeyOnDemand.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{RotateKeyOnDemandRequest, RotateKeyOnDemandResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct RotateKeyOnDemand;

impl Call for RotateKeyOnDemand {
    type Input = RotateKeyOnDemandRequest;
    type Target = OnKey;
    type Output = RotateKeyOnDemandResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let RotateKeyOnDemandRequest { key_id: _ } = input;
        let arn = target.arn()?;
        context.doors.kms.rotate_key_on_demand(&arn).await?;
        Ok(RotateKeyOnDemandResponse { key_id: Some(arn.to_string()) })
    }
}
