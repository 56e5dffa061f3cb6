//! Output members that several operations of STS share.

use iam::Grant;
use identity::session_token::{IssuedSession, SessionTokenTooLarge, TOKEN_LENGTH_MAX};
use names::Principal;
use wire::aws::WireRefusal;
use wire::aws::sts::{AssumedRoleUser, Credentials, Exception};

use super::super::failure::Refused;
use crate::authenticate::Authenticator;

/// A session that began, in the words of the answer.
pub(super) struct Begun {
    pub(super) credentials: Credentials,
    /// The old name of the utilization; absent for a session without policies and tags.
    pub(super) packed_policy_size: Option<i64>,
    pub(super) token_size: i64,
    /// How much of the longest possible token is used, in percent.
    pub(super) token_utilization: i64,
}

/// Seals the credentials of a granted session. `token_size_min` comes from the client.
pub(super) fn begin(
    authenticator: &Authenticator,
    grant: Grant,
    token_size_min: Option<i64>,
) -> Result<Begun, Refused> {
    let session = &grant.session;
    let is_limited =
        session.policy.is_some() || !session.policy_arns.is_empty() || !session.tags.is_empty();
    let size_min = token_size_min.and_then(|size| usize::try_from(size).ok()).unwrap_or_default();
    let issued = authenticator.issue_session(grant, size_min).map_err(
        |too_large: SessionTokenTooLarge| {
            WireRefusal::new(Exception::PackedPolicyTooLarge, too_large.to_string())
        },
    )?;
    let IssuedSession { access_key_id, secret_access_key, token, expires_at } = issued;
    let number = |number: usize| i64::try_from(number).expect("tokens are short");
    let token_utilization = number((token.len() * 100).div_ceil(TOKEN_LENGTH_MAX));
    Ok(Begun {
        packed_policy_size: is_limited.then_some(token_utilization),
        token_size: number(token.len()),
        token_utilization,
        credentials: Credentials {
            access_key_id: access_key_id.to_string(),
            secret_access_key: secret_access_key.to_string(),
            session_token: token,
            expiration: expires_at.as_epoch_seconds(),
        },
    })
}

/// The session of a role.
pub(super) fn assumed_role_user(principal: &Principal) -> AssumedRoleUser {
    AssumedRoleUser { assumed_role_id: principal.user_id(), arn: principal.arn() }
}
