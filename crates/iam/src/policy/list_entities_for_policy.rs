//! ListEntitiesForPolicy.

use db::Tx;
use names::{AccountId, IdKind, PolicyArn, RoleIdentity, UniqueId, UserIdentity};

use super::find_managed::require_managed;
use super::managed_policy::PolicyUsage;
use crate::pages::page_of;
use crate::{Failure, Iam, Page};

/// An entity that has a managed policy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is what it says")]
pub enum PolicyEntity {
    Group { id: UniqueId, path: String, name: String },
    Role { id: UniqueId, path: String, name: String },
    User { id: UniqueId, path: String, name: String },
}

/// Which of them to list.
#[derive(Debug, Clone)]
pub struct EntityFilter {
    /// Only those of this kind.
    pub kind: Option<IdKind>,
    /// How their paths begin.
    pub path_prefix: String,
    /// Only those that use the policy for this.
    pub usage: Option<PolicyUsage>,
}

impl PolicyEntity {
    /// Its position in a list: its id, whose first letters are its kind.
    pub fn position(&self) -> String {
        let (id, _) = self.id_and_path();
        id.to_string()
    }

    fn id_and_path(&self) -> (&UniqueId, &str) {
        let (Self::Group { id, path, .. }
        | Self::Role { id, path, .. }
        | Self::User { id, path, .. }) = self;
        (id, path)
    }

    fn of_user(user: UserIdentity) -> Self {
        let UserIdentity { account: _, id, path, name } = user;
        Self::User { id, path: path.to_string(), name: name.to_string() }
    }

    fn of_role(role: RoleIdentity) -> Self {
        let RoleIdentity { account: _, id, path, name } = role;
        Self::Role { id, path: path.to_string(), name: name.to_string() }
    }
}

impl Iam {
    /// One page of the users, groups and roles that have a managed policy, by id.
    pub async fn list_entities_for_policy(
        &self,
        account: &AccountId,
        policy_arn: PolicyArn,
        filter: EntityFilter,
        page: Page,
    ) -> Result<Vec<PolicyEntity>, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                require_managed(tx, &account, &policy_arn)?;
                let mut all = Vec::new();
                if filter.usage != Some(PolicyUsage::Boundary) {
                    list_attached(tx, &account, &policy_arn, &mut all)?;
                }
                if filter.usage != Some(PolicyUsage::Permissions) {
                    list_bounded(tx, &account, &policy_arn, &mut all)?;
                }
                all.retain(|entity| {
                    let (id, path) = entity.id_and_path();
                    let is_kind = filter.kind.is_none_or(|kind| id.is(kind));
                    is_kind && path.starts_with(&filter.path_prefix)
                });
                all.sort_by_key(PolicyEntity::position);
                all.dedup();
                Ok(page_of(&page, all.into_iter(), PolicyEntity::position))
            })
            .await
    }
}

/// All at once: an account has at most a few thousand users, groups and roles.
const ALL: u32 = u32::MAX;

fn list_attached(
    tx: &mut Tx<'_>,
    account: &AccountId,
    policy_arn: &PolicyArn,
    all: &mut Vec<PolicyEntity>,
) -> Result<(), Failure> {
    for id in tx.list_policy_holders(account, policy_arn, "", ALL)? {
        if let Some(user) = tx.find_iam_user_by_id(&id)? {
            all.push(PolicyEntity::of_user(user.identity));
        } else if let Some(role) = tx.find_role_by_id(&id)? {
            all.push(PolicyEntity::of_role(role.identity));
        } else if let Some(group) = tx.find_iam_group_by_id(&id)? {
            let (path, name) = (group.path.to_string(), group.name.to_string());
            all.push(PolicyEntity::Group { id, path, name });
        }
    }
    Ok(())
}

fn list_bounded(
    tx: &mut Tx<'_>,
    account: &AccountId,
    policy_arn: &PolicyArn,
    all: &mut Vec<PolicyEntity>,
) -> Result<(), Failure> {
    let users = tx.list_users_with_boundary(account, policy_arn, ALL)?;
    all.extend(users.into_iter().map(PolicyEntity::of_user));
    let roles = tx.list_roles_with_boundary(account, policy_arn, "", ALL)?;
    all.extend(roles.into_iter().map(PolicyEntity::of_role));
    Ok(())
}
