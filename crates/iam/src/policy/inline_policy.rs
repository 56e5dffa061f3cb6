//! PutUserPolicy, GetUserPolicy, ListUserPolicies, DeleteUserPolicy, and the same for groups and
//! roles.

use names::{AccountId, PolicyName};
use policy::IdentityPolicy;

use super::holder::{PolicyHolder, require_holder};
use crate::pages::page_of;
use crate::{Failure, Iam, Page, Quota};

/// The total size of the inline policies of one user, group or role, in characters without white
/// space. These are IAM's fixed quotas.
const USER_SIZE_MAX: usize = 2_048;
const GROUP_SIZE_MAX: usize = 5_120;
const ROLE_SIZE_MAX: usize = 10_240;

fn size_max(holder: &PolicyHolder) -> usize {
    match holder {
        PolicyHolder::User(_) => USER_SIZE_MAX,
        PolicyHolder::Group(_) => GROUP_SIZE_MAX,
        PolicyHolder::Role(_) => ROLE_SIZE_MAX,
    }
}

impl Iam {
    /// Gives a user, group or role an inline policy; one of the same name is replaced.
    pub async fn put_inline_policy(
        &self,
        account: &AccountId,
        holder: PolicyHolder,
        name: PolicyName,
        document: IdentityPolicy,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let id = require_holder(tx, &of, &holder)?;
                tx.put_inline_policy(&id, &name, document.as_str())?;
                let all = tx.list_inline_policies(&id)?;
                let size: usize = all.iter().map(|(_, document)| policy::size(document)).sum();
                let size_max = size_max(&holder);
                if size > size_max {
                    let holder = holder.spoken();
                    return Err(Failure::from(Quota::InlinePolicySize { holder, size_max }));
                }
                Ok(())
            })
            .await
    }

    /// The text of one policy of a user, group or role.
    pub async fn get_inline_policy(
        &self,
        account: &AccountId,
        holder: PolicyHolder,
        name: PolicyName,
    ) -> Result<String, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let id = require_holder(tx, &account, &holder)?;
                let found = tx.find_inline_policy(&id, &name)?;
                found.ok_or_else(|| holder.without_policy(name.clone()).into())
            })
            .await
    }

    /// One page of the names of a user's, group's or role's own policies.
    pub async fn list_inline_policies(
        &self,
        account: &AccountId,
        holder: PolicyHolder,
        page: Page,
    ) -> Result<Vec<PolicyName>, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let id = require_holder(tx, &account, &holder)?;
                let names = tx.list_inline_policies(&id)?.into_iter().map(|(name, _)| name);
                Ok(page_of(&page, names, |name| name.as_str().to_owned()))
            })
            .await
    }

    /// Deletes an inline policy of a user, group or role.
    pub async fn delete_inline_policy(
        &self,
        account: &AccountId,
        holder: PolicyHolder,
        name: PolicyName,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let id = require_holder(tx, &of, &holder)?;
                if tx.delete_inline_policy(&id, &name)? {
                    return Ok(());
                }
                Err(Failure::from(holder.without_policy(name.clone())))
            })
            .await
    }
}
