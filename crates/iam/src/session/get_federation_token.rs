use names::{Principal, SessionName, SessionOrigin, Voucher};

use super::duration::{self, Grant};
use super::get_session_token::require_long_term;
use super::session_limits::SessionLimits;
use crate::access::Asker;
use crate::{Failure, Iam, StsRefusal};

/// Whom a user vouches for.
#[derive(Debug, Clone)]
pub struct FederationToken {
    /// What the federated user is called.
    pub name: SessionName,
    /// What limits it. Without a session policy it may nothing.
    pub limits: SessionLimits,
    /// How long.
    pub duration_seconds: Option<u64>,
}

impl Iam {
    /// Vouches for somebody, who gets no more than the user has and the session policy lets through.
    pub fn get_federation_token(
        &self,
        asker: &Asker<'_>,
        wanted: FederationToken,
    ) -> Result<Grant, Failure> {
        require_long_term(asker, "GetFederationToken")?;
        let FederationToken { name, limits, duration_seconds } = wanted;
        limits.require_valid(asker.principal.account())?;
        let seconds = duration::of_session(duration_seconds, asker.principal);
        let vouched_by = match asker.principal {
            Principal::Root { account } => Voucher::Root { account: account.clone() },
            Principal::User(user) => Voucher::User(user.clone()),
            Principal::AssumedRole { .. } | Principal::FederatedUser { .. } => {
                return Err(StsRefusal::AccessDenied(
                    "Cannot call GetFederationToken with session credentials".to_owned(),
                )
                .into());
            }
        };
        let principal = Principal::FederatedUser { vouched_by, name };
        let origin = SessionOrigin::FederationToken;
        Ok(Grant::new(principal, origin, limits, None, self.now(), seconds))
    }
}
