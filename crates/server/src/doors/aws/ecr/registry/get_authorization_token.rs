//! GetAuthorizationToken: the password for `docker login`.

use identity::Caller;
use names::{AccountId, RegistryId};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::ecr::{
    AuthorizationData, GetAuthorizationTokenRequest, GetAuthorizationTokenResponse,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetAuthorizationToken;

impl Call for GetAuthorizationToken {
    type Input = GetAuthorizationTokenRequest;
    type Target = RegistryId;
    type Output = GetAuthorizationTokenResponse;

    /// A token speaks for its caller, whatever registries it is going to be shown to.
    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        own: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let registries = read(&own, input.registry_ids)?;
        let token = context.doors.authenticator.issue(context.caller);
        let endpoints = &context.doors.endpoints;
        let write = |registry: &RegistryId| AuthorizationData {
            authorization_token: Some(token.authorization_token()),
            expires_at: Some(token.expires_at.as_epoch_seconds()),
            proxy_endpoint: Some(endpoints.registry_url(registry, context.reached)),
        };
        let authorization_data = Some(registries.iter().map(write).collect());
        Ok(GetAuthorizationTokenResponse { authorization_data })
    }
}

/// The registries in the member that AWS has deprecated, or the caller's own.
fn read(own: &RegistryId, asked: Option<Vec<String>>) -> Result<Vec<RegistryId>, WireRefusal> {
    let Some(accounts) = asked else { return Ok(vec![own.clone()]) };
    let read_one = |(index, account): (usize, &String)| {
        let account = AccountId::parse(account).map_err(|malformed| {
            let path = format!("registryIds.{}.member", index + 1);
            invalid_parameter(&path, &malformed.to_string())
        })?;
        Ok(RegistryId { account, region: own.region.clone() })
    };
    accounts.iter().enumerate().map(read_one).collect()
}
