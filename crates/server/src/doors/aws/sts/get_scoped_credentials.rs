//! GetScopedCredentials.

use iam::{Asker, ScopedCredentials};
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::sts::{GetScopedCredentialsRequest, GetScopedCredentialsResponse, ScopedSession};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::read::seconds;
use super::written::{Begun, begin};

pub(in crate::doors::aws) struct GetScopedCredentials;

impl Call for GetScopedCredentials {
    type Input = GetScopedCredentialsRequest;
    /// Nothing in particular: `*`.
    type Target = AccountId;
    type Output = GetScopedCredentialsResponse;

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetScopedCredentialsRequest {
            policy,
            duration_seconds,
            minimum_session_token_size,
            // AWS writes this into its log.
            scoped_session_description: _,
        } = input;
        let Caller { principal, session, .. } = context.caller;
        let asker = Asker { principal, session: session.as_deref() };
        let wanted = ScopedCredentials { policy, duration_seconds: seconds(duration_seconds) };
        let grant = context.iam().get_scoped_credentials(&asker, wanted)?;
        let session_info = ScopedSession {
            scoped_session_id: grant.principal.user_id(),
            arn: grant.principal.arn(),
        };
        let scopes = i64::try_from(grant.session.scopes.len()).expect("there are three at most");
        let source_identity = grant.session.source_identity.clone();
        let begun = begin(&context.doors.authenticator, grant, minimum_session_token_size)?;
        let Begun { credentials, packed_policy_size: _, token_size, token_utilization } = begun;
        Ok(GetScopedCredentialsResponse {
            credentials: Some(credentials),
            session_info: Some(session_info),
            session_token_utilization: Some(token_utilization),
            session_token_size: Some(token_size),
            scoped_policies_count: Some(scopes),
            source_identity,
        })
    }
}
