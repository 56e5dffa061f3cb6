//! PutResourcePolicy.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{PutResourcePolicyRequest, PutResourcePolicyResponse};

use super::on_secret::OnSecret;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct PutResourcePolicy;

impl Call for PutResourcePolicy {
    type Input = PutResourcePolicyRequest;
    type Target = OnSecret;
    type Output = PutResourcePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::by_its_policy(caller, &input.secret_id))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let is_blocked = input.block_public_policy.map(|it| it.to_string());
        RequestKeys::default().with_maybe("secretsmanager:BlockPublicPolicy", is_blocked)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let PutResourcePolicyRequest { resource_policy, block_public_policy, .. } = input;
        let is_public_refused = block_public_policy.unwrap_or_default();
        let secret = context
            .operations()
            .put_resource_policy(&target.wanted, resource_policy, is_public_refused)
            .await?;
        Ok(PutResourcePolicyResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            ..PutResourcePolicyResponse::default()
        })
    }
}
