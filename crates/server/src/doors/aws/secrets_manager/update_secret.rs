//! UpdateSecret.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{UpdateSecretRequest, UpdateSecretResponse};

use super::on_secret::OnSecret;
use super::read;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UpdateSecret;

impl Call for UpdateSecret {
    type Input = UpdateSecretRequest;
    type Target = OnSecret;
    type Output = UpdateSecretResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default()
            .with_maybe("secretsmanager:Description", input.description.clone())
            .with_maybe("secretsmanager:KmsKeyId", input.kms_key_id.clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UpdateSecretRequest {
            secret_id: _,
            client_request_token,
            description,
            kms_key_id,
            secret_binary,
            secret_string,
            r#type,
        } = input;
        read::refuse_unserved(kms_key_id.as_deref(), false, r#type.as_deref())?;
        let value = read::value(secret_string, secret_binary)?;
        let (secret, version) = context
            .operations()
            .update_secret(&target.wanted, description, client_request_token, value)
            .await?;
        Ok(UpdateSecretResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            version_id: version,
        })
    }
}
