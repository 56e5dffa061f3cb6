use std::time::Duration;

use names::{Principal, Session, SessionOrigin, Timestamp};

use super::session_limits::SessionLimits;
use crate::StsRefusal;

/// A session that may begin. The door seals it into credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its principal.
    pub principal: Principal,
    /// Its limits.
    pub session: Session,
}

impl Grant {
    pub(crate) fn new(
        principal: Principal,
        origin: SessionOrigin,
        limits: SessionLimits,
        source_identity: Option<String>,
        now: Timestamp,
        seconds: u64,
    ) -> Self {
        let SessionLimits { policy, policy_arns, tags, transitive_tag_keys } = limits;
        let issued_at = Timestamp::from_seconds(now.as_seconds());
        let session = Session {
            issued_at,
            ends_at: issued_at.plus(Duration::from_secs(seconds)),
            origin,
            policy,
            policy_arns,
            tags,
            transitive_tag_keys,
            source_identity,
            scopes: Vec::new(),
        };
        Self { principal, session }
    }
}

/// The default duration of a role's session: an hour. Also the longest duration of a chained one.
const HOUR_SECONDS: u64 = 3_600;

/// The default duration of a session of `GetSessionToken` or `GetFederationToken`.
const HALF_A_DAY_SECONDS: u64 = 12 * HOUR_SECONDS;

/// How long a role is played.
pub(crate) fn of_role(
    wanted: Option<u64>,
    max_session_seconds: u64,
    origin: &SessionOrigin,
) -> Result<u64, StsRefusal> {
    let seconds = wanted.unwrap_or(HOUR_SECONDS);
    if *origin == SessionOrigin::RoleChaining && seconds > HOUR_SECONDS {
        return Err(StsRefusal::ValidationError(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
                .to_owned(),
        ));
    }
    if seconds > max_session_seconds {
        return Err(StsRefusal::ValidationError(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
                .to_owned(),
        ));
    }
    Ok(seconds)
}

/// How long a user's own session lasts. The account's own are silently cut to one hour.
pub(crate) fn of_session(wanted: Option<u64>, principal: &Principal) -> u64 {
    let seconds = wanted.unwrap_or(HALF_A_DAY_SECONDS);
    match principal {
        Principal::Root { .. } => seconds.min(HOUR_SECONDS),
        Principal::User(_) | Principal::AssumedRole { .. } | Principal::FederatedUser { .. } => {
            seconds
        }
    }
}

#[cfg(test)]
mod tests {
    use names::AccountId;

    use super::*;

    #[test]
    fn sessions_of_roles() {
        use SessionOrigin::{AssumeRole, RoleChaining};
        #[rustfmt::skip]
        let cases = [
            (None,         3_600,  AssumeRole,   Some(3_600),  "not specified"),
            (None,         43_200, AssumeRole,   Some(3_600),  "the role allows longer sessions"),
            (Some(900),    3_600,  AssumeRole,   Some(900),    "the shortest"),
            (Some(43_200), 43_200, AssumeRole,   Some(43_200), "the longest"),
            (Some(3_601),  3_600,  AssumeRole,   None,         "longer than the role allows"),
            (Some(3_600),  43_200, RoleChaining, Some(3_600),  "an hour of a chain"),
            (Some(3_601),  43_200, RoleChaining, None,         "more than an hour of a chain"),
        ];
        for (wanted, max, origin, expected, because) in cases {
            assert_eq!(of_role(wanted, max, &origin).ok(), expected, "{because}");
        }
    }

    #[test]
    fn sessions_of_the_account_are_short() {
        let root = Principal::Root { account: AccountId::parse("123456789012").unwrap() };
        assert_eq!(of_session(None, &root), 3_600);
        assert_eq!(of_session(Some(129_600), &root), 3_600);
        assert_eq!(of_session(Some(900), &root), 900);
    }
}
