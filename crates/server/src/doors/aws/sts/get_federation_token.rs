//! GetFederationToken.

use iam::{Asker, FederationToken};
use identity::Caller;
use names::{AccountId, SessionName};
use wire::aws::WireRefusal;
use wire::aws::sts::{FederatedUser, GetFederationTokenRequest, GetFederationTokenResponse};

use super::super::call::{Call, Context, Target};
use super::super::failure::Refused;
use super::read::{limits, seconds, session_name};
use super::written::{Begun, begin};
use crate::guard::{RequestKeys, Resource};

pub(in crate::doors::aws) struct GetFederationToken;

/// The new federated user.
pub(in crate::doors::aws) struct Federated {
    account: AccountId,
    name: SessionName,
}

impl Target for Federated {
    fn resources(&self) -> Vec<Resource> {
        let Self { account, name } = self;
        let arn = format!("arn:aws:sts::{account}:federated-user/{name}");
        vec![Resource::iam(arn, account.clone())]
    }
}

impl Call for GetFederationToken {
    type Input = GetFederationTokenRequest;
    type Target = Federated;
    type Output = GetFederationTokenResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let name = session_name(&input.name)?;
        Ok(Federated { account: caller.account().clone(), name })
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        match &input.tags {
            Some(tags) if !tags.is_empty() => &["sts:TagSession"],
            _ => &[],
        }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let tags = input.tags.iter().flatten();
        RequestKeys::default().tags(tags.map(|tag| (tag.key.clone(), tag.value.clone())))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetFederationTokenRequest {
            name: _,
            policy,
            policy_arns,
            duration_seconds,
            tags,
            minimum_session_token_size,
        } = input;
        let wanted = FederationToken {
            name: target.name,
            limits: limits(policy, policy_arns, tags, None)?,
            duration_seconds: seconds(duration_seconds),
        };
        let Caller { principal, session, .. } = context.caller;
        let asker = Asker { principal, session: session.as_deref() };
        let grant = context.iam().get_federation_token(&asker, wanted)?;
        let user = FederatedUser {
            federated_user_id: grant.principal.user_id(),
            arn: grant.principal.arn(),
        };
        let begun = begin(&context.doors.authenticator, grant, minimum_session_token_size)?;
        let Begun { credentials, packed_policy_size, token_size, token_utilization } = begun;
        Ok(GetFederationTokenResponse {
            credentials: Some(credentials),
            federated_user: Some(user),
            packed_policy_size,
            session_token_utilization: Some(token_utilization),
            session_token_size: Some(token_size),
        })
    }
}
