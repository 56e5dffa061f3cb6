//! CreateGroup, GetGroup, ListGroups, UpdateGroup, DeleteGroup.

use db::{IamGroup, IamUser, Tx};
use names::{AccountId, GroupName, IamPath, IdKind, UniqueId};

use crate::pages::Page;
use crate::{Conflict, Failure, Iam, Missing, Quota, Taken};

/// Groups of one account. IAM's default quota.
pub(crate) const GROUPS_MAX: u32 = 300;

/// The group of this name, or the refusal that it is not there.
pub(crate) fn require_group(
    tx: &mut Tx<'_>,
    account: &AccountId,
    name: &GroupName,
) -> Result<IamGroup, Failure> {
    tx.find_iam_group(account, name)?.ok_or_else(|| Missing::Group(name.clone()).into())
}

impl Iam {
    /// Creates a group without members.
    pub async fn create_group(
        &self,
        account: &AccountId,
        name: GroupName,
        path: IamPath,
    ) -> Result<IamGroup, Failure> {
        let id = UniqueId::from_random(IdKind::Group, keys::random());
        let group = IamGroup { account: account.clone(), id, path, name, created_at: self.now() };
        self.rows
            .change_rights(account, move |tx| {
                if !tx.insert_iam_group(&group)? {
                    return Err(Failure::from(Taken::Group(group.name.clone())));
                }
                if tx.count_iam_groups(&group.account)? > u64::from(GROUPS_MAX) {
                    return Err(Quota::Named("GroupsPerAccount", GROUPS_MAX as usize).into());
                }
                Ok(group.clone())
            })
            .await
    }

    /// A group and one page of its members, by their ids.
    pub async fn get_group(
        &self,
        account: &AccountId,
        name: &GroupName,
        page: Page,
    ) -> Result<(IamGroup, Vec<IamUser>), Failure> {
        let (account, name) = (account.clone(), name.clone());
        let Page { after, limit } = page;
        self.rows
            .read(move |tx| {
                let group = require_group(tx, &account, &name)?;
                let members = tx.list_group_members(&group.id, after.as_deref(), limit)?;
                Ok((group, members))
            })
            .await
    }

    /// The path and stored spelling of the group with this name, if it exists: for its ARN.
    pub async fn find_group(
        &self,
        account: &AccountId,
        name: &GroupName,
    ) -> Result<Option<IamGroup>, Failure> {
        let (account, name) = (account.clone(), name.clone());
        self.rows.read(move |tx| Ok(tx.find_iam_group(&account, &name)?)).await
    }

    /// One page of groups whose paths begin with `path_prefix`, by the lower case of their names,
    /// which is also the form of a page's `after`.
    pub async fn list_groups(
        &self,
        account: &AccountId,
        path_prefix: String,
        page: Page,
    ) -> Result<Vec<IamGroup>, Failure> {
        let account = account.clone();
        let Page { after, limit } = page;
        self.rows
            .read(move |tx| {
                Ok(tx.list_iam_groups(&account, &path_prefix, after.as_deref(), limit)?)
            })
            .await
    }

    /// Gives a group another name, another place, or both. Its members and rights are kept.
    pub async fn update_group(
        &self,
        account: &AccountId,
        name: &GroupName,
        new_path: Option<IamPath>,
        new_name: Option<GroupName>,
    ) -> Result<(), Failure> {
        let (of, name) = (account.clone(), name.clone());
        self.rows
            .change_rights(account, move |tx| {
                let IamGroup { id, path, name: old_name, .. } = require_group(tx, &of, &name)?;
                let new_name = new_name.as_ref().unwrap_or(&old_name);
                if tx.find_iam_group(&of, new_name)?.is_some_and(|other| other.id != id) {
                    return Err(Failure::from(Taken::Group(new_name.clone())));
                }
                Ok(tx.put_iam_group_name(&id, new_path.as_ref().unwrap_or(&path), new_name)?)
            })
            .await
    }

    /// Deletes a group that has no member and no policy any more.
    pub async fn delete_group(&self, account: &AccountId, name: &GroupName) -> Result<(), Failure> {
        let (of, name) = (account.clone(), name.clone());
        self.rows
            .change_rights(account, move |tx| {
                let id = require_group(tx, &of, &name)?.id;
                let conflict = if !tx.list_group_members(&id, None, 1)?.is_empty() {
                    Some(Conflict::Members)
                } else if tx.holder_has_attachments(id.as_str())? {
                    Some(Conflict::AttachedPolicies)
                } else if tx.holder_has_inline_policies(id.as_str())? {
                    Some(Conflict::InlinePolicies)
                } else {
                    None
                };
                match conflict {
                    Some(conflict) => Err(Failure::from(conflict)),
                    None => Ok(tx.delete_iam_group(&id)?),
                }
            })
            .await
    }
}
