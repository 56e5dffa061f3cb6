//! DescribeSecret.

use identity::Caller;
use names::Timestamp;
use operations::DescribedSecret;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{DescribeSecretRequest, DescribeSecretResponse};

use super::on_secret::OnSecret;
use super::written;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DescribeSecret;

impl Call for DescribeSecret {
    type Input = DescribeSecretRequest;
    type Target = OnSecret;
    type Output = DescribeSecretResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let described = context.operations().describe_secret(&target.wanted).await?;
        let DescribedSecret { secret, stages, tags, is_gone: _ } = described;
        Ok(DescribeSecretResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            created_date: Some(secret.created_at.as_epoch_seconds()),
            last_changed_date: Some(secret.changed_at.as_epoch_seconds()),
            last_accessed_date: secret.accessed_at.map(Timestamp::as_epoch_seconds),
            deleted_date: secret.deleted_at.map(Timestamp::as_epoch_seconds),
            description: secret.description,
            tags: written::tags(tags),
            version_ids_to_stages: written::stages(stages),
            ..DescribeSecretResponse::default()
        })
    }
}
