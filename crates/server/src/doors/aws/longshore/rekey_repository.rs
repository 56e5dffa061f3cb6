//! RekeyRepository: changes under which key a repository is.

use identity::Caller;
use names::{EncryptionKey, RepositoryArn};
use wire::aws::WireRefusal;
use wire::aws::longshore::{RekeyRepositoryRequest, RekeyRepositoryResponse};

use super::super::call::{Call, Context, repository};
use super::super::ecr::{allowed_key, require_leave};
use super::super::failure::Refused;
use super::written_rekey::write_rekey;

pub(in crate::doors::aws) struct RekeyRepository;

/// What names the registry's own key.
const OWN: &str = "AES256";

impl Call for RekeyRepository {
    type Input = RekeyRepositoryRequest;
    type Target = RepositoryArn;
    type Output = RekeyRepositoryResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let key = if input.to.eq_ignore_ascii_case(OWN) {
            EncryptionKey::default()
        } else {
            allowed_key(context, &arn, Some(&input.to)).await?
        };
        let before = context.operations().find_encryption_key(&arn).await?;
        if before != key {
            require_leave(context, &arn, &before).await?;
        }
        let rekey = context.operations().rekey_repository(&arn, &key).await?;
        Ok(RekeyRepositoryResponse { rekey: Some(write_rekey(&rekey)) })
    }
}
