//! GetSecretValue.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{GetSecretValueRequest, GetSecretValueResponse};

use super::on_secret::OnSecret;
use super::read;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct GetSecretValue;

impl Call for GetSecretValue {
    type Input = GetSecretValueRequest;
    type Target = OnSecret;
    type Output = GetSecretValueResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default()
            .with_maybe("secretsmanager:VersionId", input.version_id.clone())
            .with_maybe("secretsmanager:VersionStage", input.version_stage.clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetSecretValueRequest { secret_id: _, version_id, version_stage } = input;
        let operations = context.operations();
        let found = operations.get_secret_value(&target.wanted, version_id, version_stage).await?;
        let (secret_string, secret_binary) = read::written(&found.value);
        Ok(GetSecretValueResponse {
            arn: Some(found.secret.arn.to_string()),
            name: Some(found.secret.name.to_string()),
            version_id: Some(found.version),
            secret_binary,
            secret_string,
            version_stages: (!found.stages.is_empty()).then_some(found.stages),
            created_date: Some(found.created_at.as_epoch_seconds()),
        })
    }
}
