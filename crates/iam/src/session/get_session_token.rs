use names::{Principal, Session, SessionOrigin};

use super::duration::{self, Grant};
use super::session_limits::SessionLimits;
use crate::access::Asker;
use crate::{Failure, Iam, StsRefusal};

impl Iam {
    /// Begins a session with temporary credentials of a user, or of the account. It needs no
    /// permission.
    pub fn get_session_token(
        &self,
        asker: &Asker<'_>,
        duration_seconds: Option<u64>,
    ) -> Result<Grant, Failure> {
        require_long_term(asker, "GetSessionToken")?;
        let seconds = duration::of_session(duration_seconds, asker.principal);
        let limits = SessionLimits::default();
        let (principal, now) = (asker.principal.clone(), self.now());
        Ok(Grant::new(principal, SessionOrigin::SessionToken, limits, None, now, seconds))
    }
}

/// Sessions do not beget these.
pub(crate) fn require_long_term(asker: &Asker<'_>, operation: &str) -> Result<(), StsRefusal> {
    let session: Option<&Session> = asker.session;
    match (asker.principal, session) {
        (Principal::Root { .. } | Principal::User(_), None) => Ok(()),
        _ => Err(StsRefusal::AccessDenied(format!(
            "Cannot call {operation} with session credentials"
        ))),
    }
}
