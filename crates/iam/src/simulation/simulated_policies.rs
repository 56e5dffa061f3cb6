//! The policies that a simulation uses, read from the rows each time.

use std::sync::Arc;

use db::Tx;
use names::{
    AccountId, GroupName, PolicyArn, Principal, RoleIdentity, RoleName, SessionName, UniqueId,
    UserIdentity, UserName,
};
use policy::{Attached, Document, DocumentKind, SourceKind};

use crate::entity::TAGS_MAX;
use crate::group::require_group;
use crate::policy::PolicyHolder;
use crate::policy::{Found, find_managed};
use crate::role::require_role;
use crate::user::require_user;
use crate::{Failure, IamRefusal, Missing};

/// The entity whose policies are simulated: a user with the policies of its groups, a group, or a
/// role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySource {
    holder: PolicyHolder,
    /// The ARN that the caller may look at, including the path.
    arn: String,
}

/// The policies of a user, group or role.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The principal, unless it is a group.
    pub(crate) principal: Option<Principal>,
    /// Tags of the user or role.
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) identity: Vec<Held>,
    pub(crate) boundary: Option<Held>,
}

/// A policy from the rows: it is parsed after the transaction has ended.
pub(crate) struct Held {
    source: SourceKind,
    name: Box<str>,
    document: String,
}

impl Held {
    fn new(source: SourceKind, name: &str, document: String) -> Self {
        Self { source, name: name.into(), document }
    }

    /// The policy; if it cannot be read, one that denies everything.
    pub(crate) fn read(&self) -> Attached {
        let document = Document::parse(&self.document, DocumentKind::Identity);
        let document = Arc::new(document.unwrap_or_else(|_| Document::deny_all()));
        Attached { source: self.source, name: Arc::from(&*self.name), document }
    }
}

/// Groups that one user is in: IAM's quota.
const GROUPS_MAX: u32 = 10;

impl PolicySource {
    /// Reads the ARN of a user, group or role of this account.
    pub fn parse(account: &AccountId, arn: &str) -> Result<Self, IamRefusal> {
        let invalid = || IamRefusal::InvalidInput(format!("Invalid Input Arn: {arn}"));
        let resource = arn.strip_prefix(&format!("arn:aws:iam::{account}:")).ok_or_else(invalid)?;
        let (kind, path_and_name) = resource.split_once('/').ok_or_else(invalid)?;
        let name = path_and_name.rsplit('/').next().unwrap_or(path_and_name);
        let holder = match kind {
            "user" => UserName::parse(name).map(PolicyHolder::User),
            "group" => GroupName::parse(name).map(PolicyHolder::Group),
            "role" => RoleName::parse(name).map(PolicyHolder::Role),
            _ => return Err(invalid()),
        };
        Ok(Self { holder: holder.map_err(|_| invalid())?, arn: arn.to_owned() })
    }

    /// That the entity of this name has this ARN too: one that is filed elsewhere is another one.
    fn require_is(&self, arn: &str) -> Result<(), Failure> {
        if self.arn == arn {
            return Ok(());
        }
        Err(match &self.holder {
            PolicyHolder::User(name) => Missing::User(name.clone()),
            PolicyHolder::Group(name) => Missing::Group(name.clone()),
            PolicyHolder::Role(name) => Missing::Role(name.clone()),
        }
        .into())
    }
}

/// Everything that a user, group or role is judged by.
pub(crate) fn gather(
    tx: &mut Tx<'_>,
    account: &AccountId,
    source: &PolicySource,
) -> Result<Gathered, Failure> {
    match &source.holder {
        PolicyHolder::User(name) => {
            let user = require_user(tx, account, name)?;
            source.require_is(&user.identity.arn())?;
            let id = user.identity.id.clone();
            let mut identity =
                held(tx, account, &id, SourceKind::UserInline, &format!("user_{name}"))?;
            for group in tx.list_groups_of_user(&id, None, GROUPS_MAX)? {
                let prefix = format!("group_{}", group.name);
                identity.extend(held(tx, account, &group.id, SourceKind::GroupInline, &prefix)?);
            }
            Ok(Gathered {
                tags: tx.list_iam_tags(id.as_str(), None, TAGS_MAX)?,
                boundary: bounded(tx, account, user.boundary.as_ref())?,
                principal: Some(Principal::User(user.identity)),
                identity,
            })
        }
        PolicyHolder::Group(name) => {
            let group = require_group(tx, account, name)?;
            source.require_is(&group.arn())?;
            let prefix = format!("group_{name}");
            let identity = held(tx, account, &group.id, SourceKind::GroupInline, &prefix)?;
            Ok(Gathered { principal: None, tags: Vec::new(), identity, boundary: None })
        }
        PolicyHolder::Role(name) => {
            let role = require_role(tx, account, name)?;
            source.require_is(&role.identity.arn())?;
            let id = role.identity.id.clone();
            Ok(Gathered {
                tags: tx.list_iam_tags(id.as_str(), None, TAGS_MAX)?,
                boundary: bounded(tx, account, role.boundary.as_ref())?,
                identity: held(tx, account, &id, SourceKind::RoleInline, &format!("role_{name}"))?,
                principal: Some(session_of(role.identity)),
            })
        }
    }
}

/// The principal of a role in a simulation: a session of it.
fn session_of(role: RoleIdentity) -> Principal {
    let session = SessionName::parse("simulation").expect("it is a session's name");
    Principal::AssumedRole { role, session }
}

/// Finds a principal by its ARN.
pub(crate) fn find_caller(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &str,
) -> Result<Principal, Failure> {
    if arn == format!("arn:aws:iam::{account}:root") {
        return Ok(Principal::Root { account: account.clone() });
    }
    let source = PolicySource::parse(account, arn)?;
    match gather(tx, account, &source)?.principal {
        Some(principal) => Ok(principal),
        None => Err(IamRefusal::InvalidInput(format!("Invalid Caller Arn: {arn}")).into()),
    }
}

/// An unknown principal of the account.
pub(crate) fn unknown_in(account: &AccountId) -> Principal {
    let id = UniqueId::from_random(names::IdKind::User, [0; 17]);
    let name = UserName::parse("simulation").expect("it is a user's name");
    let account = account.clone();
    Principal::User(UserIdentity { account, id, path: names::IamPath::root(), name })
}

fn held(
    tx: &mut Tx<'_>,
    account: &AccountId,
    holder: &UniqueId,
    source: SourceKind,
    prefix: &str,
) -> Result<Vec<Held>, Failure> {
    let mut found = Vec::new();
    for (name, document) in tx.list_inline_policies(holder)? {
        found.push(Held::new(source, &format!("{prefix}_{name}"), document));
    }
    for attachment in tx.list_attachments(holder)? {
        found.push(managed(tx, account, &attachment.policy_arn)?);
    }
    Ok(found)
}

fn bounded(
    tx: &mut Tx<'_>,
    account: &AccountId,
    boundary: Option<&PolicyArn>,
) -> Result<Option<Held>, Failure> {
    boundary.map(|arn| managed(tx, account, arn)).transpose()
}

/// A managed policy. One that is not there, which cannot be, denies everything.
fn managed(tx: &mut Tx<'_>, account: &AccountId, arn: &PolicyArn) -> Result<Held, Failure> {
    Ok(match find_managed(tx, account, arn)? {
        Some(Found::Aws(policy)) => {
            Held::new(SourceKind::AwsManaged, policy.name, policy.document.to_owned())
        }
        Some(Found::Local(policy)) => {
            let version = tx.find_policy_version(&policy.id, policy.default_version)?;
            let document = version.ok_or_else(|| Missing::Policy(arn.clone()))?.document;
            Held::new(SourceKind::CustomerManaged, policy.name.as_str(), document)
        }
        None => Held::new(SourceKind::CustomerManaged, arn.as_str(), String::new()),
    })
}
