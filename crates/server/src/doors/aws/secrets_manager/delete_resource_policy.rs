//! DeleteResourcePolicy.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{DeleteResourcePolicyRequest, DeleteResourcePolicyResponse};

use super::on_secret::OnSecret;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeleteResourcePolicy;

impl Call for DeleteResourcePolicy {
    type Input = DeleteResourcePolicyRequest;
    type Target = OnSecret;
    type Output = DeleteResourcePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::by_its_policy(caller, &input.secret_id))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let secret = context.operations().delete_resource_policy(&target.wanted).await?;
        Ok(DeleteResourcePolicyResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            ..DeleteResourcePolicyResponse::default()
        })
    }
}
