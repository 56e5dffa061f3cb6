//! A service of ours acts in a role that a client named for it.
//!
//! * Only the role's trust policy decides: it must let the service in. A role that does not exist
//!   is answered like one that trusts no one.
//! * The caller may have passed the role on when it named it (`iam:PassRole`); nothing is asked of
//!   that here.

use names::{Principal, Region, SessionName, SessionOrigin};
use policy::{Context, Policies, Request, Subject};

use super::assume_role::{WantedRole, set_session_keys};
use super::duration::{self, Grant};
use super::role_denied::RoleDenied;
use super::session_limits::SessionLimits;
use crate::{Failure, Iam, StsRefusal};

const ACTION: &str = "sts:AssumeRole";

impl Iam {
    /// Begins a session of a role for a service, e.g. `ecr.amazonaws.com`. `context` says for whom
    /// and what it acts: `aws:SourceAccount`, `aws:SourceArn`.
    pub async fn assume_role_for_service(
        &self,
        service: &'static str,
        context: &Context<'_>,
        (role, session_name): (&WantedRole, SessionName),
        region: &Region,
    ) -> Result<Grant, Failure> {
        let found = self.find_wanted_role(role).await?;
        let trust = self.trust(role, found.as_ref());
        let (subject, limits) = (Subject::Service(service), SessionLimits::default());
        let mut context = context.clone();
        set_session_keys(&mut context, &session_name, &limits, None);
        context.set_subject(&subject, None);
        let (arn, account) = (role.arn(), &role.account);
        let request = Request {
            subject,
            action: ACTION,
            resource: &arn,
            resource_account: account,
            context: &context,
        };
        let policies = Policies { trust: Some(&trust), ..Policies::default() };
        let allowed = policy::evaluate(&request, &policies).is_allowed();
        let Some(found) = found.filter(|_| allowed) else {
            let explanation = policy::explain(&request, &policies);
            let sentence = format!(
                "User: {service} is not authorized to perform: {ACTION} on resource: {arn}"
            );
            let denied = RoleDenied {
                action: ACTION,
                role: arn.clone(),
                account: account.clone(),
                explanation,
                sentence,
            };
            return Err(StsRefusal::RoleDenied(Box::new(denied)).into());
        };
        let origin = SessionOrigin::AssumeRole;
        let seconds = duration::of_role(None, found.max_session_seconds, &origin)?;
        self.note_role_use(&found, region).await?;
        let principal = Principal::AssumedRole { role: found.identity, session: session_name };
        Ok(Grant::new(principal, origin, limits, None, self.now(), seconds))
    }
}
