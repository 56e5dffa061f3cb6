//! The principals that policies of repositories, registries and roles name.
//!
//! A user or role is named by its ARN and stored by its id, and a role's session by the role's id.
//! So a later one of the same name is a different principal. The policy is shown with the ARN while
//! a principal with that id exists, and with the id after that. Accounts are shown as the ARN of
//! their root.
//!
//! # Invariants
//! * A stored policy never names a user or role of this deployment by its ARN. Nothing is known
//!   about accounts that are kept elsewhere: their ARNs stay as they were written, until there is
//!   such an account with a principal of that name, which is stored from then on.
//! * Every policy that names principals goes through [`kept`] and [`shown`].
//!
//! # Who calls
//! The verbs that store and show such policies; `rows`, after users or roles were made or renamed,
//! for `bind`.
//!
//! # On a crash
//! Everything here is in the caller's transaction.

use std::collections::HashMap;

use db::{DbError, Tx};
use names::{AccountId, RoleIdentity, RoleName, SessionName, UniqueId, UserName};
use policy::{Document, NamedPrincipal};

use super::policy_places::{Place, each_place};
use crate::{Failure, Fault, Iam};

/// Why a policy is not kept.
#[derive(Debug)]
pub enum NotKept {
    /// No principal has this ARN or id.
    Missing(String),
    /// The rows could not be read.
    Failed(Failure),
}

impl From<Failure> for NotKept {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<DbError> for NotKept {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// What to do about a missing user or role of this deployment that a policy names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IfMissing {
    /// The policy is refused.
    Refuse,
    /// It existed once: it gets an id that no principal has.
    ItIsGone,
    /// It has not been there yet: it stays as it was written.
    ItMayCome,
}

/// The stored form of the policy, with the ids of users and roles.
pub fn kept(tx: &mut Tx<'_>, document: &Document, text: &str) -> Result<String, NotKept> {
    let ByIds { text, early } = by_ids(tx, document, text, IfMissing::Refuse)?;
    note_early(tx, &early)?;
    Ok(text)
}

/// Requires that every principal that a policy names exists, or may exist elsewhere.
pub fn require(tx: &mut Tx<'_>, document: &Document, text: &str) -> Result<(), NotKept> {
    by_ids(tx, document, text, IfMissing::Refuse).map(drop)
}

/// The shown form of the policy, with the ARNs of users and roles that still exist.
pub fn shown(tx: &mut Tx<'_>, document: &Document, text: &str) -> Result<String, Failure> {
    let mut arns = HashMap::new();
    for named in document.named_principals() {
        let arn = match named {
            NamedPrincipal::Account(account) => Some(format!("arn:aws:iam::{account}:root")),
            NamedPrincipal::UniqueId(id) => find_arn(tx, id)?,
            NamedPrincipal::UniqueSession { role, session } => {
                let role =
                    UniqueId::parse(role).ok().map(|id| tx.find_role_by_id(&id)).transpose()?;
                role.flatten().map(|role| session_arn(role.identity, session))
            }
            _ => None,
        };
        arns.extend(arn.map(|arn| (named.clone(), arn)));
    }
    rewritten(text, &arns)
}

/// The stored form of one principal: the id of a user or role, or an ARN. `*` is none.
pub fn kept_alone(tx: &mut Tx<'_>, named: &NamedPrincipal) -> Result<String, NotKept> {
    let missing = |text: &str| NotKept::Missing(text.to_owned());
    match named {
        NamedPrincipal::Account(account) => Ok(format!("arn:aws:iam::{account}:root")),
        NamedPrincipal::FederatedUser { account, name } => {
            Ok(format!("arn:aws:sts::{account}:federated-user/{name}"))
        }
        NamedPrincipal::Everyone => Err(missing("*")),
        NamedPrincipal::Service(name)
        | NamedPrincipal::Federated(name)
        | NamedPrincipal::CanonicalUser(name) => Err(missing(name)),
        NamedPrincipal::User { .. }
        | NamedPrincipal::Role { .. }
        | NamedPrincipal::AssumedRole { .. }
        | NamedPrincipal::UniqueId(_)
        | NamedPrincipal::UniqueSession { .. } => {
            let wanted = Wanted::of(named).ok_or_else(|| missing("*"))?;
            match (wanted.find(tx)?, wanted.account()) {
                (Some(id), _) => Ok(id),
                // Nothing is known about accounts that are kept elsewhere.
                (None, Some(account)) if tx.find_account(account)?.is_none() => Ok(wanted.arn),
                (None, _) => Err(NotKept::Missing(wanted.arn)),
            }
        }
    }
}

/// Remembers the users and roles of an account, of which one was just made or renamed, in every
/// policy that named them before they were there. Was there such a policy?
pub(crate) fn bind(tx: &mut Tx<'_>, account: &AccountId) -> Result<bool, Failure> {
    if !tx.is_named_early(account)? {
        return Ok(false);
    }
    let mut changed = false;
    each_place(tx, |tx, place, text| {
        if text.contains(account.as_str()) {
            changed |= settle(tx, &place, text, IfMissing::ItMayCome)?;
        }
        Ok(())
    })?;
    Ok(changed)
}

impl Iam {
    /// Runs once: replaces names by ids in policies that were stored before ids were used. A
    /// principal that no longer exists gets an id that no principal has.
    pub async fn settle_named_principals(&self) -> Result<(), Failure> {
        if self.rows.read(|tx| Ok::<_, Failure>(tx.policies_name_by_ids()?)).await? {
            return Ok(());
        }
        self.rows
            .change_all_rights(|tx| {
                each_place(tx, |tx, place, text| {
                    settle(tx, &place, text, IfMissing::ItIsGone).map(drop)
                })?;
                Ok::<_, Failure>(tx.note_policies_by_ids()?)
            })
            .await
    }
}

/// Keeps a policy by ids that is kept otherwise. Is it another text now?
fn settle(
    tx: &mut Tx<'_>,
    place: &Place,
    text: &str,
    if_missing: IfMissing,
) -> Result<bool, Failure> {
    // A text that cannot be read allows nothing.
    let Ok(document) = Document::parse(text, place.kind()) else { return Ok(false) };
    let by_ids = match by_ids(tx, &document, text, if_missing) {
        Ok(ByIds { text, early }) => {
            note_early(tx, &early)?;
            text
        }
        Err(NotKept::Failed(failure)) => return Err(failure),
        // A missing principal is gone, and no reason to refuse.
        Err(NotKept::Missing(_)) => return Ok(false),
    };
    if by_ids != text {
        place.put(tx, &by_ids)?;
    }
    Ok(by_ids != text)
}

/// A policy that names users and roles by their ids.
struct ByIds {
    text: String,
    /// Accounts that do not exist here and that it names principals of.
    early: Vec<AccountId>,
}

/// Notes that principals of these accounts are named before they exist, for the time when they are
/// created.
fn note_early(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<(), DbError> {
    accounts.iter().try_for_each(|account| tx.note_named_early(account))
}

fn by_ids(
    tx: &mut Tx<'_>,
    document: &Document,
    text: &str,
    if_missing: IfMissing,
) -> Result<ByIds, NotKept> {
    let (mut ids, mut early) = (HashMap::new(), Vec::new());
    for named in document.named_principals() {
        let Some(wanted) = Wanted::of(named) else { continue };
        let written = match (wanted.find(tx)?, wanted.account()) {
            (Some(id), _) => id,
            (None, Some(account)) if tx.find_account(account)?.is_none() => {
                early.push(account.clone());
                wanted.arn
            }
            (None, _) => match if_missing {
                IfMissing::Refuse => return Err(NotKept::Missing(wanted.arn)),
                IfMissing::ItIsGone => wanted.of_no_one(),
                IfMissing::ItMayCome => wanted.arn,
            },
        };
        ids.insert(named.clone(), written);
    }
    Ok(ByIds { text: rewritten(text, &ids)?, early })
}

fn rewritten(text: &str, new: &HashMap<NamedPrincipal, String>) -> Result<String, Failure> {
    let written = policy::rewrite_principals(text, |named| new.get(named).cloned());
    written.map_err(|malformed| Failure::Fault(Fault::Corrupt(malformed.to_string().into())))
}

/// A principal that a policy names and whose id is wanted.
struct Wanted<'a> {
    /// The ARN in the policy.
    arn: String,
    who: Who<'a>,
}

#[derive(Clone, Copy)]
enum Who<'a> {
    User(&'a AccountId, &'a str),
    Role(&'a AccountId, &'a str),
    Session(&'a AccountId, &'a RoleName, &'a SessionName),
    /// It is an id already.
    Id(&'a str),
    SessionOfId(&'a str),
}

impl<'a> Wanted<'a> {
    /// `None` of one that has no id, or needs none.
    fn of(named: &'a NamedPrincipal) -> Option<Self> {
        let (arn, who) = match named {
            NamedPrincipal::User { account, path_and_name } => {
                let arn = format!("arn:aws:iam::{account}:user/{path_and_name}");
                (arn, Who::User(account, path_and_name))
            }
            NamedPrincipal::Role { account, path_and_name } => {
                let arn = format!("arn:aws:iam::{account}:role/{path_and_name}");
                (arn, Who::Role(account, path_and_name))
            }
            NamedPrincipal::AssumedRole { account, role, session } => {
                let arn = format!("arn:aws:sts::{account}:assumed-role/{role}/{session}");
                (arn, Who::Session(account, role, session))
            }
            NamedPrincipal::UniqueId(id) => (id.to_string(), Who::Id(id)),
            NamedPrincipal::UniqueSession { role, session } => {
                (format!("{role}:{session}"), Who::SessionOfId(role))
            }
            NamedPrincipal::Everyone
            | NamedPrincipal::Account(_)
            | NamedPrincipal::FederatedUser { .. }
            | NamedPrincipal::Service(_)
            | NamedPrincipal::Federated(_)
            | NamedPrincipal::CanonicalUser(_) => return None,
        };
        Some(Self { arn, who })
    }

    /// The stored form of the principal, if it exists. An ARN has one spelling: another spelling is
    /// another principal.
    fn find(&self, tx: &mut Tx<'_>) -> Result<Option<String>, Failure> {
        Ok(match self.who {
            Who::User(account, path_and_name) => match UserName::parse(name_of(path_and_name)) {
                Ok(name) => tx
                    .find_iam_user(account, &name)?
                    .filter(|user| user.identity.arn() == self.arn)
                    .map(|user| user.identity.id.to_string()),
                Err(_) => None,
            },
            Who::Role(account, path_and_name) => match RoleName::parse(name_of(path_and_name)) {
                Ok(name) => tx
                    .find_role(account, &name)?
                    .filter(|role| role.identity.arn() == self.arn)
                    .map(|role| role.identity.id.to_string()),
                Err(_) => None,
            },
            Who::Session(account, name, session) => tx
                .find_role(account, name)?
                .filter(|role| role.identity.name == *name)
                .map(|role| format!("{}:{session}", role.identity.id)),
            Who::Id(id) => find_arn(tx, id)?.map(|_| self.arn.clone()),
            Who::SessionOfId(id) => find_arn(tx, id)?.map(|_| self.arn.clone()),
        })
    }

    /// The account that its ARN names.
    fn account(&self) -> Option<&'a AccountId> {
        match self.who {
            Who::User(account, _) | Who::Role(account, _) | Who::Session(account, ..) => {
                Some(account)
            }
            Who::Id(_) | Who::SessionOfId(_) => None,
        }
    }

    /// An id that no principal has, in place of one that was never stored.
    fn of_no_one(&self) -> String {
        let id = |kind| UniqueId::from_random(kind, keys::random());
        match self.who {
            Who::User(..) => id(names::IdKind::User).to_string(),
            Who::Role(..) => id(names::IdKind::Role).to_string(),
            Who::Session(_, _, session) => format!("{}:{session}", id(names::IdKind::Role)),
            Who::Id(_) | Who::SessionOfId(_) => self.arn.clone(),
        }
    }
}

/// The last segment, which is the name.
fn name_of(path_and_name: &str) -> &str {
    path_and_name.rsplit('/').next().unwrap_or(path_and_name)
}

/// The ARN of the user or role with this id.
fn find_arn(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, Failure> {
    let Ok(id) = UniqueId::parse(id) else { return Ok(None) };
    if let Some(user) = tx.find_iam_user_by_id(&id)? {
        return Ok(Some(user.identity.arn()));
    }
    Ok(tx.find_role_by_id(&id)?.map(|role| role.identity.arn()))
}

fn session_arn(role: RoleIdentity, session: &SessionName) -> String {
    let RoleIdentity { account, name, .. } = role;
    format!("arn:aws:sts::{account}:assumed-role/{name}/{session}")
}
