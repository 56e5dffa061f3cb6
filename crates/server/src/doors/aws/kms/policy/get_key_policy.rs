//! GetKeyPolicy.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{GetKeyPolicyRequest, GetKeyPolicyResponse};

use super::DEFAULT;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct GetKeyPolicy;

impl Call for GetKeyPolicy {
    type Input = GetKeyPolicyRequest;
    type Target = OnKey;
    type Output = GetKeyPolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetKeyPolicyRequest { key_id: _, policy_name } = input;
        let name = policy_name.unwrap_or_else(|| DEFAULT.to_owned());
        let policy = context.doors.kms.get_key_policy(&target.arn()?, &name).await?;
        Ok(GetKeyPolicyResponse { policy: Some(policy), policy_name: Some(name) })
    }
}
