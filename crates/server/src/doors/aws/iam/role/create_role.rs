//! CreateRole.

use iam::{NewRole, SESSION_SECONDS_DEFAULT};
use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{CreateRoleRequest, CreateRoleResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{BOUNDARY, Entity, named, path};
use crate::doors::aws::iam::read::{boundary, trust_policy};
use crate::doors::aws::iam::tagging;
use crate::doors::aws::iam::unavailable::refuse_signin_duration;
use crate::doors::aws::iam::written;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateRole;

impl Call for CreateRole {
    type Input = CreateRoleRequest;
    type Target = Entity<RoleName>;
    type Output = CreateRoleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let path = path(input.path.as_deref())?;
        Ok(named::<RoleName>(caller, &input.role_name)?.at(&path))
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            &["iam:TagRole"]
        } else {
            &[]
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
        refuse_signin_duration(input.max_signin_session_duration)?;
        let Entity { account, name, .. } = target;
        let seconds = input.max_session_duration.and_then(|seconds| u64::try_from(seconds).ok());
        let new = NewRole {
            path: path(input.path.as_deref())?,
            name,
            trust_policy: trust_policy(&input.assume_role_policy_document)?,
            description: input.description,
            max_session_seconds: seconds.unwrap_or(SESSION_SECONDS_DEFAULT),
            boundary: boundary(input.permissions_boundary.as_deref())?,
            tags: tagging::pairs(input.tags),
        };
        let made = context.iam().create_role(&account, new).await?;
        Ok(CreateRoleResponse { role: written::role(made) })
    }
}
