//! PutUserPermissionsBoundary.

use iam::Bounded;
use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::PutUserPermissionsBoundaryRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{BOUNDARY, Entity, named};
use crate::doors::aws::iam::read::policy_arn;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct PutUserPermissionsBoundary;

impl Call for PutUserPermissionsBoundary {
    type Input = PutUserPermissionsBoundaryRequest;
    type Target = Entity<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.user_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().with(BOUNDARY, input.permissions_boundary.as_str())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let Entity { account, name, .. } = target;
        let boundary = Some(policy_arn(&input.permissions_boundary)?);
        Ok(context.iam().put_permissions_boundary(&account, Bounded::User(name), boundary).await?)
    }
}
