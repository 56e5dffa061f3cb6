//! GetResourcePolicy.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{GetResourcePolicyRequest, GetResourcePolicyResponse};

use super::on_secret::OnSecret;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetResourcePolicy;

impl Call for GetResourcePolicy {
    type Input = GetResourcePolicyRequest;
    type Target = OnSecret;
    type Output = GetResourcePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::by_its_policy(caller, &input.secret_id))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (secret, policy) = context.operations().get_resource_policy(&target.wanted).await?;
        Ok(GetResourcePolicyResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            resource_policy: policy,
            ..GetResourcePolicyResponse::default()
        })
    }
}
