use std::time::Duration;

use names::{Principal, Session};
use policy::{Document, DocumentKind};

use super::duration::Grant;
use crate::access::Asker;
use crate::{Failure, Iam, StsRefusal};

/// How a session wants to narrow itself.
#[derive(Debug, Clone, Default)]
pub struct ScopedCredentials {
    /// A policy that limits the session from now on, as JSON.
    pub policy: Option<String>,
    /// How long, if less than it has left.
    pub duration_seconds: Option<u64>,
}

/// How many policies a session may narrow itself with, one after the other: AWS's limit.
const SCOPES_MAX: usize = 3;

impl Iam {
    /// Narrows a session. Its principal and all its limits stay.
    ///
    /// The time of issue also stays: a policy that denies sessions from before some moment also
    /// denies sessions derived from them later.
    pub fn get_scoped_credentials(
        &self,
        asker: &Asker<'_>,
        wanted: ScopedCredentials,
    ) -> Result<Grant, Failure> {
        let ScopedCredentials { policy, duration_seconds } = wanted;
        let before = asker.session.ok_or_else(|| {
            StsRefusal::AccessDenied(
                "Cannot call GetScopedCredentials with long-term credentials".to_owned(),
            )
        })?;
        if policy.is_none() && duration_seconds.is_none() {
            return Err(StsRefusal::ValidationError(
                "A request must provide at least one of Policy or DurationSeconds.".to_owned(),
            )
            .into());
        }
        let mut session = before.clone();
        if let Some(policy) = policy {
            session.scopes.push(require_scope(before, policy)?);
        }
        if let Some(seconds) = duration_seconds {
            // To the second, like all times in a token.
            let now = names::Timestamp::from_seconds(self.now().as_seconds());
            let ends_at = now.plus(Duration::from_secs(seconds));
            if ends_at > before.ends_at {
                return Err(StsRefusal::InsufficientSessionLifetime(
                    "The requested DurationSeconds exceeds the remaining lifetime of the calling session."
                        .to_owned(),
                )
                .into());
            }
            session.ends_at = ends_at;
        }
        let principal: Principal = asker.principal.clone();
        Ok(Grant { principal, session })
    }
}

/// One more policy of a session that has not too many yet.
fn require_scope(before: &Session, policy: String) -> Result<String, StsRefusal> {
    if before.scopes.len() >= SCOPES_MAX {
        return Err(StsRefusal::AccessDenied(format!(
            "The calling session already has the maximum number of scope down policies: {SCOPES_MAX}"
        )));
    }
    Document::parse(&policy, DocumentKind::Identity)
        .map_err(|malformed| StsRefusal::MalformedPolicyDocument(malformed.to_string()))?;
    Ok(policy)
}
