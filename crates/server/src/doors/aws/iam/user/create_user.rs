//! CreateUser.

use iam::NewUser;
use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::{CreateUserRequest, CreateUserResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{BOUNDARY, Entity, named, path};
use crate::doors::aws::iam::read::boundary;
use crate::doors::aws::iam::{people, tagging};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateUser;

impl Call for CreateUser {
    type Input = CreateUserRequest;
    type Target = Entity<UserName>;
    type Output = CreateUserResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let path = path(input.path.as_deref())?;
        Ok(named(caller, &input.user_name)?.at(&path))
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        match input.tags.as_deref() {
            None | Some([]) => &[],
            Some(_) => &["iam:TagUser"],
        }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(input.tags.as_deref())
            .with_maybe(BOUNDARY, input.permissions_boundary.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let CreateUserRequest { path: filed, user_name: _, permissions_boundary, tags } = input;
        let new = NewUser {
            name: target.name,
            path: path(filed.as_deref())?,
            boundary: boundary(permissions_boundary.as_deref())?,
            tags: tagging::pairs(tags),
        };
        let created = context.iam().create_user(&target.account, new).await?;
        Ok(CreateUserResponse { user: Some(people::user(created)) })
    }
}
