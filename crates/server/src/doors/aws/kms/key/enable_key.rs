//! EnableKey.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::EnableKeyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct EnableKey;

impl Call for EnableKey {
    type Input = EnableKeyRequest;
    type Target = OnKey;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let EnableKeyRequest { key_id: _ } = input;
        context.doors.kms.enable_key(&target.arn()?).await?;
        Ok(Done {})
    }
}
