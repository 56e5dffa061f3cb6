use names::{Principal, Region, SessionName, SessionOrigin};
use policy::{Attached, Context, Policies, Request, Subject};

use super::assume_role::{WantedRole, actions, set_session_keys};
use super::duration::{self, Grant};
use super::role_denied::RoleDenied;
use super::session_limits::SessionLimits;
use crate::provider::TrustedIssuer;
use crate::{Failure, Iam, StsRefusal};

/// Who somebody is in the words of a trusted issuer, whose signature was checked.
#[derive(Debug, Clone)]
pub struct KnownElsewhere {
    /// Who says so.
    pub issuer: TrustedIssuer,
    /// Who it is.
    pub subject: String,
    /// Whom the token is for.
    pub audience: String,
    /// How they logged in.
    pub methods: Vec<String>,
    /// What else the token says.
    pub claims: Vec<(String, String)>,
    /// Who it really is, if the issuer says so.
    pub source_identity: Option<String>,
}

/// How somebody whom an issuer knows wants to play a role.
#[derive(Debug, Clone)]
pub struct AssumeRoleWithWebIdentity {
    /// Which role.
    pub role: WantedRole,
    /// What the session is called.
    pub session_name: SessionName,
    /// Who it is.
    pub identity: KnownElsewhere,
    /// What limits the session. Its tags are the issuer's.
    pub limits: SessionLimits,
    /// How long.
    pub duration_seconds: Option<u64>,
    /// The Region that is asked, for "last used".
    pub region: Region,
}

impl Iam {
    /// Lets somebody whom an issuer knows play a role. The role's trust policy alone decides.
    pub async fn assume_role_with_web_identity(
        &self,
        context: &Context<'_>,
        wanted: AssumeRoleWithWebIdentity,
    ) -> Result<Grant, Failure> {
        const PLAY: &str = "sts:AssumeRoleWithWebIdentity";
        let AssumeRoleWithWebIdentity { role, session_name, identity, limits, .. } = &wanted;
        limits.require_valid(&role.account)?;
        let found = self.find_wanted_role(role).await?;
        let mut context = context.clone();
        let source_identity = identity.source_identity.as_deref();
        set_session_keys(&mut context, session_name, limits, source_identity);
        set_claims(&mut context, identity);
        let trust = self.trust(role, found.as_ref());
        for action in actions(PLAY, limits, source_identity) {
            require_player(identity, role, &trust, action, &context)?;
        }
        let found = found.expect("a role that is not there trusts nobody");
        let provider = identity.issuer.arn.clone();
        let origin = SessionOrigin::WebIdentity { provider };
        let seconds =
            duration::of_role(wanted.duration_seconds, found.max_session_seconds, &origin)?;
        self.note_role_use(&found, &wanted.region).await?;
        let source_identity = source_identity.map(str::to_owned);
        let AssumeRoleWithWebIdentity { session_name: session, limits, .. } = wanted;
        let principal = Principal::AssumedRole { role: found.identity, session };
        Ok(Grant::new(principal, origin, limits, source_identity, self.now(), seconds))
    }
}

/// What AWS says whatever was missing, so that nobody learns which roles there are.
const NOT_AUTHORIZED: &str = "Not authorized to perform sts:AssumeRoleWithWebIdentity";

/// Holds that the trust policy lets whom the issuer knows do this on the way to playing the role.
fn require_player(
    identity: &KnownElsewhere,
    role: &WantedRole,
    trust: &Attached,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(), StsRefusal> {
    let subject = Subject::WebIdentity { provider: &identity.issuer.arn, user: &identity.subject };
    let mut context = context.clone();
    context.set_subject(&subject, None);
    let (arn, account) = (role.arn(), &role.account);
    let request =
        Request { subject, action, resource: &arn, resource_account: account, context: &context };
    let policies = Policies { trust: Some(trust), ..Policies::default() };
    if policy::evaluate(&request, &policies).is_allowed() {
        return Ok(());
    }
    let explanation = policy::explain(&request, &policies);
    let (account, sentence) = (account.clone(), NOT_AUTHORIZED.to_owned());
    let denied = RoleDenied { action, role: arn, account, explanation, sentence };
    Err(StsRefusal::RoleDenied(Box::new(denied)))
}

/// `HOST/PATH:sub` and the like. What the token says of `aud` is what the account registered. A claim is whatever the
/// issuer calls it, and case counts in that: two that differ in case are one condition key, and neither hides the other;
/// but none stands in for who it is, whom the token is for and how they logged in, nor for what is not the issuer's to say.
fn set_claims<'a>(context: &mut Context<'a>, identity: &'a KnownElsewhere) {
    let KnownElsewhere { issuer, subject, audience, methods, claims, source_identity: _ } =
        identity;
    let host = issuer.url.split_once("://").map_or(issuer.url.as_str(), |(_, host)| host);
    if SERVICES.iter().any(|service| service.eq_ignore_ascii_case(host)) {
        return;
    }
    let key = |claim: &str| format!("{host}:{claim}");
    for (name, value) in claims {
        context.set(key(name), value);
    }
    for claim in ["aud", "sub", "amr"] {
        context.forget(&key(claim));
    }
    context.set(key("aud"), audience);
    context.set(key("sub"), subject);
    context.set_many(key("amr"), methods);
}

/// What condition keys begin with that say what is so: no issuer of such a name says anything.
const SERVICES: [&str; 6] = ["aws", "ecr", "ecr-public", "iam", "longshore", "sts"];
