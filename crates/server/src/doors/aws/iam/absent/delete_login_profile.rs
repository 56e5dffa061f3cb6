//! DeleteLoginProfile: there is no console to log in to, so nobody has a password. Terraform asks before it deletes a user.

use iam::Failure;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteLoginProfileRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct DeleteLoginProfile;

impl Call for DeleteLoginProfile {
    type Input = DeleteLoginProfileRequest;
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
        let DeleteLoginProfileRequest { user_name: _ } = input;
        target.require(context.iam()).await?;
        Err(Failure::from(target.missing_login_profile()).into())
    }
}
