//! DeleteSSHPublicKey: nobody has one here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteSSHPublicKeyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct DeleteSSHPublicKey;

impl Call for DeleteSSHPublicKey {
    type Input = DeleteSSHPublicKeyRequest;
    type Target = Whom;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, Some(&input.user_name))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DeleteSSHPublicKeyRequest { user_name: _, ssh_public_key_id } = input;
        target.require(context.iam()).await?;
        Err(Failure::from(Absent::SshPublicKey(ssh_public_key_id)).into())
    }
}
