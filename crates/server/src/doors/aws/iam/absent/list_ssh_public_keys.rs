//! ListSSHPublicKeys: nobody has any here. Terraform and the console ask before they delete a user.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListSSHPublicKeysRequest, ListSSHPublicKeysResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct ListSSHPublicKeys;

impl Call for ListSSHPublicKeys {
    type Input = ListSSHPublicKeysRequest;
    type Target = Whom;
    type Output = ListSSHPublicKeysResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListSSHPublicKeysRequest { user_name: _, marker: _, max_items: _ } = input;
        target.require(context.iam()).await?;
        Ok(ListSSHPublicKeysResponse {
            ssh_public_keys: Some(Vec::new()),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
