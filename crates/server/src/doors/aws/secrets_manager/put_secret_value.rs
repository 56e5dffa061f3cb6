//! PutSecretValue.

use identity::Caller;
use operations::SecretRefusal;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{PutSecretValueRequest, PutSecretValueResponse};

use super::on_secret::OnSecret;
use super::read;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutSecretValue;

impl Call for PutSecretValue {
    type Input = PutSecretValueRequest;
    type Target = OnSecret;
    type Output = PutSecretValueResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let PutSecretValueRequest {
            secret_id: _,
            client_request_token,
            secret_binary,
            secret_string,
            version_stages,
        } = input;
        let value = read::value(secret_string, secret_binary)?.ok_or(SecretRefusal::NoValue)?;
        let put = context
            .operations()
            .put_secret_value(&target.wanted, client_request_token, value, version_stages)
            .await?;
        Ok(PutSecretValueResponse {
            arn: Some(put.secret.arn.to_string()),
            name: Some(put.secret.name.to_string()),
            version_id: Some(put.version),
            version_stages: Some(put.stages),
        })
    }
}
