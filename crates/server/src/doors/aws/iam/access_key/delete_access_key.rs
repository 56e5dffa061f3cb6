//! DeleteAccessKey: of the named user, or of the caller.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteAccessKeyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct DeleteAccessKey;

impl Call for DeleteAccessKey {
    type Input = DeleteAccessKeyRequest;
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
        let DeleteAccessKeyRequest { user_name: _, access_key_id } = input;
        let (account, holder) = (target.account(), target.key_holder());
        context.iam().delete_access_key(account, holder, access_key_id).await?;
        Ok(())
    }
}
