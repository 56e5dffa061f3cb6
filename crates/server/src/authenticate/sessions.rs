//! Temporary credentials: checks that their principal and its account still exist.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use iam::{Failure, Grant, Iam};
use identity::AccessKeyId;
use identity::session_token::{
    IssuedSession, OpenedSession, SessionRefusal, SessionTokenTooLarge, SessionTokens,
};
use keys::Keyring;
use names::{Clock, Principal, PrincipalId, SessionOrigin, Timestamp};

use super::belief::{BELIEF, KNOWN_MAX};

/// Opens and issues session tokens.
pub(super) struct Sessions {
    tokens: SessionTokens,
    iam: Arc<Iam>,
    clock: Arc<dyn Clock>,
    known: RwLock<HashMap<PrincipalId, Known>>,
}

/// A principal that was looked up recently.
#[derive(Clone)]
struct Known {
    principal: Principal,
    epoch: u64,
    until: Timestamp,
}

/// The session of a request's credentials is over.
pub(super) struct SessionOver;

impl Sessions {
    pub(super) fn new(keyring: &Keyring, iam: Arc<Iam>, clock: Arc<dyn Clock>) -> Self {
        let tokens = SessionTokens::new(&keyring.sealing_key("session-token"));
        Self { tokens, iam, clock, known: RwLock::default() }
    }

    /// The session of this token, if the token is ours and belongs to this access key.
    pub(super) fn open(
        &self,
        token: &str,
        access_key_id: &AccessKeyId,
    ) -> Result<Option<OpenedSession>, SessionOver> {
        match self.tokens.open(token, self.clock.now()) {
            Ok(opened) => Ok(Some(opened).filter(|opened| opened.access_key_id == *access_key_id)),
            Err(SessionRefusal::Malformed) => Ok(None),
            Err(SessionRefusal::Expired) => Err(SessionOver),
        }
    }

    /// The principal, with its current name. `None` if it is gone, or its account is closed.
    pub(super) async fn principal(&self, id: &PrincipalId) -> Result<Option<Principal>, Failure> {
        let now = self.clock.now();
        // Before the rows, so that a change between the two is seen.
        let epoch = self.iam.epochs().of_account(id.account());
        let known = self.known.read().expect("no thread panics while holding it").get(id).cloned();
        if let Some(known) = known.filter(|known| known.epoch == epoch && known.until > now) {
            return Ok(Some(known.principal));
        }
        let Some(principal) = self.iam.find_principal(id).await? else { return Ok(None) };
        let known = Known { principal: principal.clone(), epoch, until: now.plus(BELIEF) };
        let mut all = self.known.write().expect("no thread panics while holding it");
        if all.len() >= KNOWN_MAX {
            all.clear();
        }
        all.insert(id.clone(), known);
        Ok(Some(principal))
    }

    /// Makes temporary credentials of a session that was granted, with a token no shorter than
    /// that.
    pub(super) fn issue(
        &self,
        grant: Grant,
        token_length_min: usize,
    ) -> Result<IssuedSession, SessionTokenTooLarge> {
        let Grant { principal, session } = grant;
        self.tokens.issue(principal.id(), session, token_length_min, keys::random())
    }
}

/// The services for sessions of users and federated users. AWS gives them IAM only with a second
/// factor, which no user has here. Our own administration API, for accounts and explanations of
/// denials, is as powerful as IAM.
const SERVES_PERSONAL_SESSIONS: [&str; 7] =
    ["cloudtrail", "ecr", "ecr-public", "events", "kms", "secretsmanager", "sts"];

/// Whether a service accepts the credentials of a session. A role's session may use every service;
/// sessions of GetSessionToken and GetFederationToken only the listed ones.
pub(super) fn serves(service: &str, origin: &SessionOrigin) -> bool {
    match origin {
        SessionOrigin::AssumeRole
        | SessionOrigin::RoleChaining
        | SessionOrigin::WebIdentity { .. } => true,
        SessionOrigin::SessionToken | SessionOrigin::FederationToken => {
            SERVES_PERSONAL_SESSIONS.contains(&service)
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::aws::Operation;

    use super::*;

    #[test]
    fn personal_sessions_administer_nothing() {
        let provider = "arn:aws:iam::123456789012:oidc-provider/tokens.example.com".to_owned();
        let roles = [
            SessionOrigin::AssumeRole,
            SessionOrigin::RoleChaining,
            SessionOrigin::WebIdentity { provider },
        ];
        let personal = [SessionOrigin::SessionToken, SessionOrigin::FederationToken];
        for service in Operation::all().map(Operation::service) {
            let name = service.signing_name();
            assert!(roles.iter().all(|origin| serves(name, origin)), "{name}");
            let administers = ["iam", "longshore"].contains(&name);
            assert!(personal.iter().all(|origin| serves(name, origin) != administers), "{name}");
        }
    }
}
