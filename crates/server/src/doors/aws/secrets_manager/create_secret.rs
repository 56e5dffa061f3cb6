//! CreateSecret.

use identity::Caller;
use operations::NewSecret;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{CreateSecretRequest, CreateSecretResponse};

use super::on_secret::OnSecret;
use super::read;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateSecret;

impl Call for CreateSecret {
    type Input = CreateSecretRequest;
    type Target = OnSecret;
    type Output = CreateSecretResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::new(caller, &input.name))
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        let has_tags = input.tags.as_ref().is_some_and(|tags| !tags.is_empty());
        if has_tags { &["secretsmanager:TagResource"] } else { &[] }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default()
            .with("secretsmanager:Name", input.name.as_str())
            .with_maybe("secretsmanager:Description", input.description.clone())
            .with_maybe("secretsmanager:KmsKeyId", input.kms_key_id.clone())
            .tags(read::tags(input.tags.clone().unwrap_or_default()))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let CreateSecretRequest {
            name,
            client_request_token,
            description,
            kms_key_id,
            secret_binary,
            secret_string,
            tags,
            add_replica_regions,
            force_overwrite_replica_secret: _,
            r#type,
            cross_account_primary_arn,
        } = input;
        let has_replicas = add_replica_regions.is_some() || cross_account_primary_arn.is_some();
        read::refuse_unserved(kms_key_id.as_deref(), has_replicas, r#type.as_deref())?;
        let new = NewSecret {
            name,
            token: client_request_token,
            description: description.filter(|text| !text.is_empty()),
            value: read::value(secret_string, secret_binary)?,
            tags: read::tags(tags.unwrap_or_default()),
        };
        let registry = target.wanted.registry();
        let (secret, version) = context.operations().create_secret(registry, new).await?;
        Ok(CreateSecretResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            version_id: version,
            replication_status: None,
        })
    }
}
