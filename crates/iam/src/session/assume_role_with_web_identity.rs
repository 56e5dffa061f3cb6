use names::{Principal, Region, SessionName, SessionOrigin};
use policy::{Attached, Context, Policies, Request, Subject};

use super::assume_role::{WantedRole, actions, set_session_keys};
use super::duration::{self, Grant};
use super::role_denied::RoleDenied;
use super::session_limits::SessionLimits;
use crate::provider::TrustedIssuer;
use crate::{Failure, Iam, StsRefusal};

/// An identity that a trusted issuer vouches for, with a verified signature.
#[derive(Debug, Clone)]
pub struct KnownElsewhere {
    /// The issuer.
    pub issuer: TrustedIssuer,
    /// The subject.
    pub subject: String,
    /// The audience of the token.
    pub audience: String,
    /// How they logged in.
    pub methods: Vec<String>,
    /// The other claims of the token.
    pub claims: Vec<(String, String)>,
    /// The source identity, if the issuer states one.
    pub source_identity: Option<String>,
}

/// A request of an issuer's subject to assume a role.
#[derive(Debug, Clone)]
pub struct AssumeRoleWithWebIdentity {
    /// Which role.
    pub role: WantedRole,
    /// The session's name.
    pub session_name: SessionName,
    /// The identity.
    pub identity: KnownElsewhere,
    /// The limits of the session. Its tags come from the issuer.
    pub limits: SessionLimits,
    /// How long.
    pub duration_seconds: Option<u64>,
    /// The Region of the call, for "last used".
    pub region: Region,
}

impl Iam {
    /// Lets an issuer's subject assume a role. Only the role's trust policy decides.
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
        let found = found.expect("a role that does not exist trusts no one");
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

/// AWS's message, whatever the reason, so that it does not reveal which roles exist.
const NOT_AUTHORIZED: &str = "Not authorized to perform sts:AssumeRoleWithWebIdentity";

/// Requires that the trust policy allows the issuer's subject one action of assuming the role.
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

/// Sets `HOST/PATH:sub` and the like. For `aud` it uses the audience that the account registered.
/// Any claim of the issuer becomes a key, and claims are case-sensitive: two that differ in case
/// are one condition key, and neither hides the other. But a claim cannot replace the subject, the
/// audience or the way of the login, nor a key that the issuer has no say about.
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

/// Prefixes of condition keys that state facts: an issuer with such a name sets no keys.
const SERVICES: [&str; 6] = ["aws", "ecr", "ecr-public", "iam", "longshore", "sts"];
