use names::{Principal, SessionName, SessionOrigin, Voucher};

use super::duration::{self, Grant};
use super::get_session_token::require_long_term;
use super::session_limits::SessionLimits;
use crate::access::Asker;
use crate::{Failure, Iam, StsRefusal};

/// A request for a federated user.
#[derive(Debug, Clone)]
pub struct FederationToken {
    /// The name of the federated user.
    pub name: SessionName,
    /// Its limits. Without a session policy it may do nothing.
    pub limits: SessionLimits,
    /// How long.
    pub duration_seconds: Option<u64>,
}

impl Iam {
    /// Begins a session of a federated user. It has at most the user's own rights, limited by the
    /// session policy.
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
