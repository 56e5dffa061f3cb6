//! AddUserToGroup, RemoveUserFromGroup, ListGroupsForUser.

use db::IamGroup;
use names::{AccountId, GroupName, UserName};

use super::groups::require_group;
use crate::pages::Page;
use crate::user::require_user;
use crate::{Failure, Iam, Missing, Quota};

/// Groups that one user can be in. IAM's quota.
pub(crate) const GROUPS_PER_USER_MAX: u32 = 10;

impl Iam {
    /// Puts a user into a group. One that is in there stays.
    pub async fn add_user_to_group(
        &self,
        account: &AccountId,
        group: &GroupName,
        user: &UserName,
    ) -> Result<(), Failure> {
        let (of, group, user) = (account.clone(), group.clone(), user.clone());
        self.rows
            .change_rights(account, move |tx| {
                let group = require_group(tx, &of, &group)?.id;
                let user = require_user(tx, &of, &user)?.identity.id;
                tx.add_group_member(&group, &user)?;
                let groups = tx.list_groups_of_user(&user, None, GROUPS_PER_USER_MAX + 1)?.len();
                let groups_max = GROUPS_PER_USER_MAX as usize;
                if groups > groups_max {
                    return Err(Failure::from(Quota::Named("GroupsPerUser", groups_max)));
                }
                Ok(())
            })
            .await
    }

    /// Removes a user from a group.
    pub async fn remove_user_from_group(
        &self,
        account: &AccountId,
        group: &GroupName,
        user: &UserName,
    ) -> Result<(), Failure> {
        let (of, group, name) = (account.clone(), group.clone(), user.clone());
        self.rows
            .change_rights(account, move |tx| {
                let group = require_group(tx, &of, &group)?.id;
                let user = require_user(tx, &of, &name)?.identity.id;
                if tx.delete_group_member(&group, &user)? {
                    Ok(())
                } else {
                    // AWS's message for a user that exists, but not in this group.
                    Err(Failure::from(Missing::User(name.clone())))
                }
            })
            .await
    }

    /// One page of the groups that a user is in, by their ids.
    pub async fn list_groups_for_user(
        &self,
        account: &AccountId,
        user: &UserName,
        page: Page,
    ) -> Result<Vec<IamGroup>, Failure> {
        let (account, user) = (account.clone(), user.clone());
        let Page { after, limit } = page;
        self.rows
            .read(move |tx| {
                let user = require_user(tx, &account, &user)?.identity.id;
                Ok(tx.list_groups_of_user(&user, after.as_deref(), limit)?)
            })
            .await
    }
}
