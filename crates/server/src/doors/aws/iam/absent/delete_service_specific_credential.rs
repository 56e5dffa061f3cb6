//! DeleteServiceSpecificCredential: nobody has one here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteServiceSpecificCredentialRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct DeleteServiceSpecificCredential;

impl Call for DeleteServiceSpecificCredential {
    type Input = DeleteServiceSpecificCredentialRequest;
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
        let DeleteServiceSpecificCredentialRequest { user_name: _, service_specific_credential_id } =
            input;
        target.require(context.iam()).await?;
        Err(Failure::from(Absent::ServiceSpecificCredential(service_specific_credential_id)).into())
    }
}
