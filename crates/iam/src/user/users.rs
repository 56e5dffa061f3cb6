//! CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser.

use db::{IamUser, KeyOwner, Tx};
use names::{AccountId, IamPath, IdKind, PolicyArn, UniqueId, UserIdentity, UserName};

use crate::entity::{TAGS_MAX, put_tags};
use crate::pages::Page;
use crate::policy::require_boundary;
use crate::{Conflict, Failure, Iam, Missing, Quota, Taken};

/// Users of one account. IAM's default quota.
pub(crate) const USERS_MAX: u32 = 5_000;

/// A user to be made.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Its name.
    pub name: UserName,
    /// Its path.
    pub path: IamPath,
    /// The managed policy that bounds its rights.
    pub boundary: Option<PolicyArn>,
    /// Tags, in the order given.
    pub tags: Vec<(String, String)>,
}

/// A user and its tags.
#[derive(Debug, Clone)]
pub struct DescribedUser {
    /// The user.
    pub user: IamUser,
    /// Its tags, by key.
    pub tags: Vec<(String, String)>,
}

/// The user of this name, or the refusal that it is not there.
pub(crate) fn require_user(
    tx: &mut Tx<'_>,
    account: &AccountId,
    name: &UserName,
) -> Result<IamUser, Failure> {
    tx.find_iam_user(account, name)?.ok_or_else(|| Missing::User(name.clone()).into())
}

fn described(tx: &mut Tx<'_>, user: IamUser) -> Result<DescribedUser, Failure> {
    let tags = tx.list_iam_tags(user.identity.id.as_str(), None, TAGS_MAX)?;
    Ok(DescribedUser { user, tags })
}

impl Iam {
    /// Creates a user without rights.
    pub async fn create_user(
        &self,
        account: &AccountId,
        new: NewUser,
    ) -> Result<DescribedUser, Failure> {
        let NewUser { name, path, boundary, tags } = new;
        let id = UniqueId::from_random(IdKind::User, keys::random());
        let identity = UserIdentity { account: account.clone(), id, path, name };
        let user = IamUser { identity, boundary, created_at: self.now() };
        self.rows
            .change_principals(account, move |tx| {
                let UserIdentity { account, id, path: _, name } = &user.identity;
                if let Some(arn) = &user.boundary {
                    require_boundary(tx, account, arn)?;
                }
                if !tx.insert_iam_user(&user)? {
                    return Err(Failure::from(Taken::User(name.clone())));
                }
                if tx.count_iam_users(account)? > u64::from(USERS_MAX) {
                    return Err(Quota::Named("UsersPerAccount", USERS_MAX as usize).into());
                }
                put_tags(tx, id.as_str(), &tags)?;
                described(tx, user.clone())
            })
            .await
    }

    /// The user of this name.
    pub async fn get_user(
        &self,
        account: &AccountId,
        name: &UserName,
    ) -> Result<DescribedUser, Failure> {
        let (account, name) = (account.clone(), name.clone());
        self.rows
            .read(move |tx| {
                let user = require_user(tx, &account, &name)?;
                described(tx, user)
            })
            .await
    }

    /// The path and stored spelling of the user with this name, if it exists: for its ARN.
    pub async fn find_user(
        &self,
        account: &AccountId,
        name: &UserName,
    ) -> Result<Option<IamUser>, Failure> {
        let (account, name) = (account.clone(), name.clone());
        self.rows.read(move |tx| Ok(tx.find_iam_user(&account, &name)?)).await
    }

    /// One page of users whose paths begin with `path_prefix`, by the lower case of their names,
    /// which is also the form of a page's `after`.
    pub async fn list_users(
        &self,
        account: &AccountId,
        path_prefix: String,
        page: Page,
    ) -> Result<Vec<IamUser>, Failure> {
        let account = account.clone();
        let Page { after, limit } = page;
        self.rows
            .read(move |tx| {
                Ok(tx.list_iam_users(&account, &path_prefix, after.as_deref(), limit)?)
            })
            .await
    }

    /// Changes a user's name, path, or both. Its id, keys and rights stay.
    pub async fn update_user(
        &self,
        account: &AccountId,
        name: &UserName,
        new_path: Option<IamPath>,
        new_name: Option<UserName>,
    ) -> Result<(), Failure> {
        let (of, name) = (account.clone(), name.clone());
        self.rows
            .change_principals(account, move |tx| {
                let UserIdentity { id, path, name: old_name, .. } =
                    require_user(tx, &of, &name)?.identity;
                let new_name = new_name.as_ref().unwrap_or(&old_name);
                if tx.find_iam_user(&of, new_name)?.is_some_and(|other| other.identity.id != id) {
                    return Err(Failure::from(Taken::User(new_name.clone())));
                }
                Ok(tx.put_iam_user_name(&id, new_path.as_ref().unwrap_or(&path), new_name)?)
            })
            .await
    }

    /// Deletes a user that has no key, no policy and no group any more. Its tags go with it.
    pub async fn delete_user(&self, account: &AccountId, name: &UserName) -> Result<(), Failure> {
        let (of, name) = (account.clone(), name.clone());
        self.rows
            .change_rights(account, move |tx| {
                let id = require_user(tx, &of, &name)?.identity.id;
                if let Some(conflict) = conflict(tx, &of, &id)? {
                    return Err(Failure::from(conflict));
                }
                tx.delete_iam_tags(id.as_str())?;
                Ok(tx.delete_iam_user(&id)?)
            })
            .await
    }
}

/// The thing that a user still has.
fn conflict(
    tx: &mut Tx<'_>,
    account: &AccountId,
    id: &UniqueId,
) -> Result<Option<Conflict>, Failure> {
    Ok(if !tx.list_access_keys(account, &KeyOwner::User(id.clone()), None, 1)?.is_empty() {
        Some(Conflict::AccessKeys)
    } else if tx.holder_has_attachments(id.as_str())? {
        Some(Conflict::AttachedPolicies)
    } else if tx.holder_has_inline_policies(id.as_str())? {
        Some(Conflict::InlinePolicies)
    } else if !tx.list_groups_of_user(id, None, 1)?.is_empty() {
        Some(Conflict::Members)
    } else {
        None
    })
}
