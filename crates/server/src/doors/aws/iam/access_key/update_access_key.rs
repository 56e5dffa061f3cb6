//! UpdateAccessKey: of the named user, or of the caller.

use iam::KeyStatus;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{Exception, StatusType, UpdateAccessKeyRequest};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct UpdateAccessKey;

impl Call for UpdateAccessKey {
    type Input = UpdateAccessKeyRequest;
    type Target = Whom;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UpdateAccessKeyRequest { user_name: _, access_key_id, status } = input;
        let status = match status {
            StatusType::Active => KeyStatus::Active,
            StatusType::Inactive => KeyStatus::Inactive,
            StatusType::Expired => {
                return Err(WireRefusal::new(
                    Exception::InvalidInput,
                    "Status must be Active or Inactive.",
                )
                .into());
            }
        };
        let (account, holder) = (target.account(), target.key_holder());
        context.iam().update_access_key(account, holder, access_key_id, status).await?;
        Ok(())
    }
}
