//! GetUser: the named user, or the caller.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetUserRequest, GetUserResponse, User};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::people;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct GetUser;

impl Call for GetUser {
    type Input = GetUserRequest;
    type Target = Whom;
    type Output = GetUserResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetUserRequest { user_name: _ } = input;
        let iam = context.iam();
        let user = match &target {
            Whom::User(user) => people::user(iam.get_user(&user.account, &user.name).await?),
            // AWS's root user has no name and no path.
            Whom::Root(account) => User {
                user_id: account.to_string(),
                arn: format!("arn:aws:iam::{account}:root"),
                create_date: iam.get_account(account).await?.created_at.as_epoch_seconds(),
                ..User::default()
            },
        };
        Ok(GetUserResponse { user })
    }
}
