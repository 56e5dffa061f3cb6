//! GetSessionToken.

use iam::Asker;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::sts::{GetSessionTokenRequest, GetSessionTokenResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::read::{Unguarded, require_no_mfa, seconds};
use super::written::{Begun, begin};

pub(in crate::doors::aws) struct GetSessionToken;

impl Call for GetSessionToken {
    type Input = GetSessionTokenRequest;
    /// It needs no permission: the credentials have no more rights than those that requested them.
    type Target = Unguarded;
    type Output = GetSessionTokenResponse;

    fn target(_: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(Unguarded)
    }

    async fn act(
        context: &Context<'_>,
        _: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetSessionTokenRequest {
            duration_seconds,
            serial_number,
            token_code,
            minimum_session_token_size,
        } = input;
        require_no_mfa(serial_number.as_deref(), token_code.as_deref())?;
        let Caller { principal, session, .. } = context.caller;
        let asker = Asker { principal, session: session.as_deref() };
        let grant = context.iam().get_session_token(&asker, seconds(duration_seconds))?;
        let begun = begin(&context.doors.authenticator, grant, minimum_session_token_size)?;
        let Begun { credentials, packed_policy_size: _, token_size, token_utilization } = begun;
        Ok(GetSessionTokenResponse {
            credentials: Some(credentials),
            session_token_utilization: Some(token_utilization),
            session_token_size: Some(token_size),
        })
    }
}
