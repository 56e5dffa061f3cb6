//! CreateAccessKey: for the named user, or for the caller.

use iam::CreatedKey;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{AccessKey, CreateAccessKeyRequest, CreateAccessKeyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::people;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct CreateAccessKey;

impl Call for CreateAccessKey {
    type Input = CreateAccessKeyRequest;
    type Target = Whom;
    type Output = CreateAccessKeyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let CreateAccessKeyRequest { user_name: _ } = input;
        let iam = context.iam();
        let CreatedKey { key, secret, user_name } =
            iam.create_access_key(target.account(), target.key_holder()).await?;
        let access_key = AccessKey {
            user_name: user_name.map(|name| name.to_string()).unwrap_or_default(),
            status: people::status(&key),
            create_date: Some(key.created_at.as_epoch_seconds()),
            access_key_id: key.id,
            secret_access_key: secret.expose().to_owned(),
        };
        Ok(CreateAccessKeyResponse { access_key })
    }
}
