//! `sts:AssumeRole`: decides whether a caller may assume a role, and what the session may do.
//!
//! # Invariants
//! * The role's trust policy and the caller's own policies are both evaluated, for `sts:AssumeRole`
//!   and for every further action that the request needs (`actions`). The guard does not judge this
//!   call.
//! * A role that does not exist is answered like one that trusts no one, so an answer does not
//!   reveal which roles exist.
//! * A root user or a federated user cannot assume a role. A session that assumes one has at most
//!   one hour.
//! * A source identity cannot change within a chain, and transitive tags are inherited.
//! * A denial carries its full explanation (`RoleDenied`), for the accounts concerned and not for
//!   the caller.
//!
//! # Who calls
//! The AWS door's `AssumeRole` handler. `assume_role_with_web_identity` shares the look-up of the
//! role, the condition keys and the list of actions.
//!
//! # On a crash
//! Nothing has to be cleaned up: a session is not stored, it is in the token that the door seals
//! from the returned `Grant`. The role's "last used" may be recorded although no token was issued.

use db::IamRole;
use names::{AccountId, IamPath, Principal, Region, RoleName, Session, SessionName, SessionOrigin};
use policy::{Attached, Context};

use super::duration::{self, Grant};
use super::role_denied::RoleDenied;
use super::session_limits::SessionLimits;
use crate::access::{Asker, Question};
use crate::{Failure, Iam, StsRefusal};

/// The role in the request, as its ARN names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedRole {
    /// The account of the role.
    pub account: AccountId,
    /// The path of the role.
    pub path: IamPath,
    /// Its name.
    pub name: RoleName,
}

/// A request to assume a role.
#[derive(Debug, Clone)]
pub struct AssumeRole {
    /// The role.
    pub role: WantedRole,
    /// The session's name.
    pub session_name: SessionName,
    /// The session's policies and tags.
    pub limits: SessionLimits,
    /// The session's duration.
    pub duration_seconds: Option<u64>,
    /// An id that the owner of the role and the caller agreed on.
    pub external_id: Option<String>,
    /// The person or program behind the session.
    pub source_identity: Option<String>,
    /// The Region of the call, for "last used".
    pub region: Region,
}

impl WantedRole {
    /// Reads `arn:aws:iam::ACCOUNT:role/PATH/NAME`.
    pub fn parse(arn: &str) -> Option<Self> {
        let (account, resource) = arn.strip_prefix("arn:aws:iam::")?.split_once(":role")?;
        let (path, name) = resource.rsplit_once('/')?;
        Some(Self {
            account: AccountId::parse(account).ok()?,
            path: IamPath::parse(&format!("{path}/")).ok()?,
            name: RoleName::parse(name).ok()?,
        })
    }

    pub(crate) fn arn(&self) -> String {
        let Self { account, path, name } = self;
        format!("arn:aws:iam::{account}:role{path}{name}")
    }
}

impl Iam {
    /// Lets the caller assume a role, if the role's trust policy and the caller's own policies
    /// allow it.
    pub async fn assume_role(
        &self,
        asker: &Asker<'_>,
        context: &Context<'_>,
        wanted: AssumeRole,
    ) -> Result<Grant, Failure> {
        let AssumeRole { role, session_name, mut limits, duration_seconds, .. } = wanted.clone();
        let origin = origin(asker)?;
        limits.require_valid(&role.account)?;
        let source_identity = source_identity(asker.session, wanted.source_identity)?;
        if let Some(before) = asker.session {
            limits.inherit(before)?;
        }
        let found = self.find_wanted_role(&role).await?;
        let mut context = context.clone();
        set_session_keys(&mut context, &session_name, &limits, source_identity.as_deref());
        if let Some(external_id) = &wanted.external_id {
            context.set("sts:ExternalId", external_id);
        }
        let actions = actions("sts:AssumeRole", &limits, source_identity.as_deref());
        let trust = self.trust(&role, found.as_ref());
        for action in actions {
            self.require_player(asker, &role, &trust, action, &context).await?;
        }
        let found = found.expect("a role that does not exist trusts no one");
        let seconds = duration::of_role(duration_seconds, found.max_session_seconds, &origin)?;
        self.note_role_use(&found, &wanted.region).await?;
        let principal = Principal::AssumedRole { role: found.identity, session: session_name };
        Ok(Grant::new(principal, origin, limits, source_identity, self.now(), seconds))
    }

    /// Requires that the caller may perform one action of assuming the role.
    async fn require_player(
        &self,
        asker: &Asker<'_>,
        role: &WantedRole,
        trust: &Attached,
        action: &'static str,
        context: &Context<'_>,
    ) -> Result<(), Failure> {
        let arn = role.arn();
        let question = Question {
            action,
            resource: &arn,
            account: &role.account,
            repository: None,
            registry: None,
            trust: Some(trust),
            key: None,
            secret: None,
            context: context.clone(),
        };
        if self.decide(asker, question.clone()).await?.is_allowed() {
            return Ok(());
        }
        let explanation = self.explain(asker, question).await?;
        let who = asker.principal.arn();
        let sentence =
            format!("User: {who} is not authorized to perform: {action} on resource: {arn}");
        let account = role.account.clone();
        let denied = RoleDenied { action, role: arn, account, explanation, sentence };
        Err(StsRefusal::RoleDenied(Box::new(denied)).into())
    }

    /// Finds the role with exactly this ARN, in an open account. Names are looked up without regard
    /// to case, but an ARN has only one spelling: any other spelling names no role.
    pub(crate) async fn find_wanted_role(
        &self,
        wanted: &WantedRole,
    ) -> Result<Option<IamRole>, Failure> {
        let (arn, WantedRole { account, name, path: _ }) = (wanted.arn(), wanted.clone());
        let role = self
            .rows
            .read(move |tx| {
                if !tx.account_is_open(&account)? {
                    return Ok(None);
                }
                let role = tx.find_role(&account, &name)?;
                Ok::<_, Failure>(role.filter(|role| role.identity.arn() == arn))
            })
            .await?;
        Ok(role)
    }

    pub(crate) async fn note_role_use(
        &self,
        role: &IamRole,
        region: &Region,
    ) -> Result<(), Failure> {
        if self.rows.is_read_only() {
            return Ok(());
        }
        let (id, region, now) = (role.identity.id.clone(), region.clone(), self.now());
        self.rows.write_beside_rights(move |tx| Ok(tx.record_role_use(&id, now, &region)?)).await
    }
}

/// How the session begins. A caller in a role's session makes a chain; some callers may not assume
/// roles at all.
fn origin(asker: &Asker<'_>) -> Result<SessionOrigin, StsRefusal> {
    match asker.principal {
        Principal::Root { .. } => {
            Err(StsRefusal::AccessDenied("Roles may not be assumed by root accounts.".to_owned()))
        }
        Principal::FederatedUser { .. } => Err(StsRefusal::AccessDenied(
            "Cannot call AssumeRole with federation credentials".to_owned(),
        )),
        Principal::User(_) => Ok(SessionOrigin::AssumeRole),
        Principal::AssumedRole { .. } => Ok(SessionOrigin::RoleChaining),
    }
}

/// The source identity, which cannot change within a chain.
fn source_identity(
    before: Option<&Session>,
    wanted: Option<String>,
) -> Result<Option<String>, StsRefusal> {
    let held = before.and_then(|session| session.source_identity.clone());
    match (held, wanted) {
        (Some(held), Some(wanted)) if held != wanted => Err(StsRefusal::AccessDenied(
            "SourceIdentity is already set in the calling session and cannot be changed".to_owned(),
        )),
        (held, wanted) => Ok(held.or(wanted)),
    }
}

/// The actions that must be allowed: assuming the role, and, if requested, tagging the session and
/// setting its source identity.
pub(crate) fn actions(
    play: &'static str,
    limits: &SessionLimits,
    source_identity: Option<&str>,
) -> Vec<&'static str> {
    let mut actions = vec![play];
    if !limits.tags.is_empty() {
        actions.push("sts:TagSession");
    }
    if source_identity.is_some() {
        actions.push("sts:SetSourceIdentity");
    }
    actions
}

/// Sets the condition keys of the session that is about to begin.
pub(crate) fn set_session_keys<'a>(
    context: &mut Context<'a>,
    session_name: &'a SessionName,
    limits: &'a SessionLimits,
    source_identity: Option<&'a str>,
) {
    context.set("sts:RoleSessionName", session_name.as_str());
    for (key, value) in &limits.tags {
        context.set(format!("aws:RequestTag/{key}"), value);
    }
    context.set_many("aws:TagKeys", limits.tags.iter().map(|(key, _)| key));
    context.set_many("sts:TransitiveTagKeys", &limits.transitive_tag_keys);
    if let Some(identity) = source_identity {
        context.set("sts:SourceIdentity", identity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_named_by_their_arns() {
        #[rustfmt::skip]
        let cases = [
            ("arn:aws:iam::123456789012:role/ci",       Some(("/", "ci")),        "filed nowhere"),
            ("arn:aws:iam::123456789012:role/a/b/ci",   Some(("/a/b/", "ci")),    "filed"),
            ("arn:aws:iam::123456789012:role/",         None,                     "no name"),
            ("arn:aws:iam::123456789012:roleci",        None,                     "no slash"),
            ("arn:aws:iam::123456789012:user/ci",       None,                     "a user"),
            ("arn:aws:iam::12345678901:role/ci",        None,                     "eleven digits"),
            ("arn:aws:sts::123456789012:assumed-role/ci/x", None,                 "a session"),
            ("arn:aws-cn:iam::123456789012:role/ci",    None,                     "another partition"),
            ("ci",                                      None,                     "a name alone"),
        ];
        for (arn, expected, because) in cases {
            let read = WantedRole::parse(arn);
            let parts = read.as_ref().map(|role| (role.path.as_str(), role.name.as_str()));
            assert_eq!(parts, expected, "{arn}: {because}");
            assert_eq!(read.map(|role| role.arn()), expected.map(|_| arn.to_owned()));
        }
    }

    #[test]
    fn a_source_identity_stays() {
        let session = |identity: &str| Session {
            issued_at: names::Timestamp::from_seconds(0),
            ends_at: names::Timestamp::from_seconds(1),
            origin: SessionOrigin::AssumeRole,
            policy: None,
            policy_arns: Vec::new(),
            tags: Vec::new(),
            transitive_tag_keys: Vec::new(),
            source_identity: Some(identity.to_owned()),
            scopes: Vec::new(),
        };
        let alice = Some("alice".to_owned());
        assert_eq!(source_identity(None, None), Ok(None));
        assert_eq!(source_identity(None, alice.clone()), Ok(alice.clone()));
        assert_eq!(source_identity(Some(&session("alice")), None), Ok(alice.clone()));
        assert_eq!(source_identity(Some(&session("alice")), alice.clone()), Ok(alice.clone()));
        assert!(source_identity(Some(&session("bob")), alice).is_err());
    }
}
