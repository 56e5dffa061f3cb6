//! GetSSHPublicKey: nobody has one here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetSSHPublicKeyRequest, GetSSHPublicKeyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct GetSSHPublicKey;

impl Call for GetSSHPublicKey {
    type Input = GetSSHPublicKeyRequest;
    type Target = Whom;
    type Output = GetSSHPublicKeyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, Some(&input.user_name))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetSSHPublicKeyRequest { user_name: _, ssh_public_key_id, encoding: _ } = input;
        target.require(context.iam()).await?;
        Err(Failure::from(Absent::SshPublicKey(ssh_public_key_id)).into())
    }
}
