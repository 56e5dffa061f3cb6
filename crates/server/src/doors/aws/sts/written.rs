//! What operations of STS answer alike.

use identity::session_token::{IssuedSession, PackedPolicyTooLarge, TOKEN_LENGTH_MAX};
use names::Principal;
use operations::Grant;
use wire::aws::WireRefusal;
use wire::aws::sts::{AssumedRoleUser, Credentials, Exception};

use super::super::failure::Refused;
use crate::authenticate::Authenticator;

/// A session that began, in the words of the answer.
pub(super) struct Begun {
    pub(super) credentials: Credentials,
    /// How full the token's room for policies and tags is; not told of a session that has none.
    pub(super) packed_policy_size: Option<i64>,
    pub(super) token_size: i64,
    /// How much of the longest token that we write it is, in percent.
    pub(super) token_utilization: i64,
}

/// Seals the credentials of a session that was granted.
pub(super) fn begin(authenticator: &Authenticator, grant: Grant) -> Result<Begun, Refused> {
    let session = &grant.session;
    let is_limited =
        session.policy.is_some() || !session.policy_arns.is_empty() || !session.tags.is_empty();
    let issued =
        authenticator.issue_session(grant).map_err(|too_large: PackedPolicyTooLarge| {
            WireRefusal::new(Exception::PackedPolicyTooLarge, too_large.to_string())
        })?;
    let IssuedSession {
        access_key_id,
        secret_access_key,
        token,
        expires_at,
        packed_policy_percent,
    } = issued;
    let number = |number: usize| i64::try_from(number).expect("tokens are short");
    Ok(Begun {
        packed_policy_size: is_limited
            .then(|| i64::try_from(packed_policy_percent).expect("at most a hundred")),
        token_size: number(token.len()),
        token_utilization: number((token.len() * 100).div_ceil(TOKEN_LENGTH_MAX)),
        credentials: Credentials {
            access_key_id: access_key_id.to_string(),
            secret_access_key: secret_access_key.to_string(),
            session_token: token,
            expiration: expires_at.as_epoch_seconds(),
        },
    })
}

/// Who plays a role.
pub(super) fn assumed_role_user(principal: &Principal) -> AssumedRoleUser {
    AssumedRoleUser { assumed_role_id: principal.user_id(), arn: principal.arn() }
}
