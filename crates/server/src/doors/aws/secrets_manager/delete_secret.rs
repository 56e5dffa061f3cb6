//! DeleteSecret.

use identity::Caller;
use operations::SecretDeletion;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{DeleteSecretRequest, DeleteSecretResponse};

use super::on_secret::OnSecret;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct DeleteSecret;

impl Call for DeleteSecret {
    type Input = DeleteSecretRequest;
    type Target = OnSecret;
    type Output = DeleteSecretResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let days = input.recovery_window_in_days.map(|days| days.to_string());
        let is_forced = input.force_delete_without_recovery.map(|it| it.to_string());
        RequestKeys::default()
            .with_maybe("secretsmanager:RecoveryWindowInDays", days)
            .with_maybe("secretsmanager:ForceDeleteWithoutRecovery", is_forced)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DeleteSecretRequest {
            secret_id: _,
            recovery_window_in_days,
            force_delete_without_recovery,
        } = input;
        let deletion =
            SecretDeletion::read(recovery_window_in_days, force_delete_without_recovery)?;
        let (secret, at) = context.operations().delete_secret(&target.wanted, deletion).await?;
        Ok(DeleteSecretResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            deletion_date: Some(at.as_epoch_seconds()),
        })
    }
}
