//! The holder of a policy: a user, a group or a role.

use db::Tx;
use names::{AccountId, GroupName, PolicyName, RoleName, UniqueId, UserName};

use crate::group::require_group;
use crate::role::require_role;
use crate::user::require_user;
use crate::{Failure, Missing};

/// A user, group or role, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the name of what it says")]
pub enum PolicyHolder {
    User(UserName),
    Group(GroupName),
    Role(RoleName),
}

impl PolicyHolder {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::User(name) => name.as_str(),
            Self::Group(name) => name.as_str(),
            Self::Role(name) => name.as_str(),
        }
    }

    /// That the holder has no inline policy of this name.
    pub(crate) fn without_policy(&self, policy: PolicyName) -> Missing {
        match self {
            Self::User(_) => Missing::UserPolicy(policy),
            Self::Group(_) => Missing::GroupPolicy(policy),
            Self::Role(_) => Missing::RolePolicy(policy),
        }
    }

    /// `user alice`.
    pub(crate) fn spoken(&self) -> String {
        match self {
            Self::User(name) => format!("user {name}"),
            Self::Group(name) => format!("group {name}"),
            Self::Role(name) => format!("role {name}"),
        }
    }
}

/// The holder's id, or the refusal that it is not there.
pub(crate) fn require_holder(
    tx: &mut Tx<'_>,
    account: &AccountId,
    holder: &PolicyHolder,
) -> Result<UniqueId, Failure> {
    Ok(match holder {
        PolicyHolder::User(name) => require_user(tx, account, name)?.identity.id,
        PolicyHolder::Group(name) => require_group(tx, account, name)?.id,
        PolicyHolder::Role(name) => require_role(tx, account, name)?.identity.id,
    })
}
