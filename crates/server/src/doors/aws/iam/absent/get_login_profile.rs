//! GetLoginProfile: there is no console, so nobody has a password for one.

use iam::Failure;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetLoginProfileRequest, GetLoginProfileResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct GetLoginProfile;

impl Call for GetLoginProfile {
    type Input = GetLoginProfileRequest;
    type Target = Whom;
    type Output = GetLoginProfileResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetLoginProfileRequest { user_name: _ } = input;
        target.require(context.iam()).await?;
        Err(Failure::from(target.missing_login_profile()).into())
    }
}
