//! TagUser, UntagUser, ListUserTags.

use names::{AccountId, UserName};

use super::users::require_user;
use crate::entity::{delete_tags, put_tags};
use crate::pages::Page;
use crate::{Failure, Iam};

impl Iam {
    /// Sets tags; those with the same key, in whatever case, are overwritten.
    pub async fn tag_user(
        &self,
        account: &AccountId,
        user: &UserName,
        tags: Vec<(String, String)>,
    ) -> Result<(), Failure> {
        let (of, user) = (account.clone(), user.clone());
        self.db
            .write(move |tx| {
                let id = require_user(tx, &of, &user)?.identity.id;
                put_tags(tx, id.as_str(), &tags)
            })
            .await?;
        self.epochs.bump_account(account);
        Ok(())
    }

    /// Removes tags; keys that are not there are ignored.
    pub async fn untag_user(
        &self,
        account: &AccountId,
        user: &UserName,
        keys: Vec<String>,
    ) -> Result<(), Failure> {
        let (of, user) = (account.clone(), user.clone());
        self.db
            .write(move |tx| {
                let id = require_user(tx, &of, &user)?.identity.id;
                delete_tags(tx, id.as_str(), &keys)
            })
            .await?;
        self.epochs.bump_account(account);
        Ok(())
    }

    /// One page of tags, by the lower case of their keys, which is also what a page's `after` is.
    pub async fn list_user_tags(
        &self,
        account: &AccountId,
        user: &UserName,
        page: Page,
    ) -> Result<Vec<(String, String)>, Failure> {
        let (account, user) = (account.clone(), user.clone());
        let Page { after, limit } = page;
        self.db
            .read(move |tx| {
                let id = require_user(tx, &account, &user)?.identity.id;
                Ok(tx.list_iam_tags(id.as_str(), after.as_deref(), limit)?)
            })
            .await
    }
}
