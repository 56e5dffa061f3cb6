//! RestoreSecret.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{RestoreSecretRequest, RestoreSecretResponse};

use super::on_secret::OnSecret;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct RestoreSecret;

impl Call for RestoreSecret {
    type Input = RestoreSecretRequest;
    type Target = OnSecret;
    type Output = RestoreSecretResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let secret = context.operations().restore_secret(&target.wanted).await?;
        Ok(RestoreSecretResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
        })
    }
}
