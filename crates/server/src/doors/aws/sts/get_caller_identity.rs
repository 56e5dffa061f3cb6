//! GetCallerIdentity.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::sts::{GetCallerIdentityRequest, GetCallerIdentityResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::read::Unguarded;

pub(in crate::doors::aws) struct GetCallerIdentity;

impl Call for GetCallerIdentity {
    type Input = GetCallerIdentityRequest;
    /// Every caller that has signed may know its own identity. Not even a deny prevents it.
    type Target = Unguarded;
    type Output = GetCallerIdentityResponse;

    fn target(_: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(Unguarded)
    }

    async fn act(
        context: &Context<'_>,
        _: Self::Target,
        _: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let principal = &context.caller.principal;
        Ok(GetCallerIdentityResponse {
            user_id: Some(principal.user_id()),
            account: Some(principal.account().to_string()),
            arn: Some(principal.arn()),
        })
    }
}
