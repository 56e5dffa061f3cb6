//! CreateAccount, ListAccounts, CloseAccount: our own operations, because AWS creates accounts
//! elsewhere.

use db::{AccessKey, Account, KeyOwner};
use keys::SealedAs;
use names::{AccountId, KeyKind, SecretAccessKey};

use crate::access_key::made_secret;
use crate::pages::Page;
use crate::{Conflict, Failure, Iam, Missing, Taken};

/// An account that was made, with the first key of its root user.
#[derive(Debug)]
pub struct CreatedAccount {
    /// The account.
    pub account: AccountId,
    /// The id of the key.
    pub access_key_id: String,
    /// Its secret, shown only this once.
    pub secret: SecretAccessKey,
}

impl Iam {
    /// Makes an account and a key of its root user. Ids are never given twice: a closed account
    /// keeps its own.
    pub async fn create_account(&self, account: &AccountId) -> Result<CreatedAccount, Failure> {
        let secret = made_secret();
        let access_key_id = KeyKind::LongTerm.access_key_id(account, keys::random());
        let (id, now) = (account.clone(), self.now());
        let key = AccessKey {
            sealed_secret: self
                .keyring
                .seal_as(SealedAs::AccessKey(&access_key_id), secret.expose().as_bytes()),
            id: access_key_id.clone(),
            account: id.clone(),
            owner: KeyOwner::Root,
            active: true,
            created_at: now,
            last_use: None,
        };
        self.rows
            .change_rights(account, move |tx| {
                if !tx.insert_account(&id, now)? {
                    return Err(Failure::from(Taken::Account(id.clone())));
                }
                Ok(tx.put_access_key(&key)?)
            })
            .await?;
        Ok(CreatedAccount { account: account.clone(), access_key_id, secret })
    }

    /// An account, closed or not.
    pub async fn get_account(&self, account: &AccountId) -> Result<Account, Failure> {
        let id = account.clone();
        self.rows
            .read(move |tx| {
                tx.find_account(&id)?.ok_or_else(|| Failure::from(Missing::Account(id.clone())))
            })
            .await
    }

    /// One page of accounts, by their ids, closed ones as well.
    pub async fn list_accounts(&self, page: Page) -> Result<Vec<Account>, Failure> {
        let Page { after, limit } = page;
        self.rows.read(move |tx| Ok(tx.list_accounts(after.as_deref(), limit)?)).await
    }

    /// Closes an account: its principals can no longer authenticate, and its registries are out of
    /// reach. The first account, which manages the others, cannot be closed.
    pub async fn close_account(
        &self,
        account: &AccountId,
        first: &AccountId,
    ) -> Result<(), Failure> {
        if account == first {
            return Err(Conflict::FirstAccount.into());
        }
        let (id, now) = (account.clone(), self.now());
        // Its repository policies no longer allow anyone, so the rights in every account must be
        // read again.
        self.rows
            .change_all_rights(move |tx| {
                if tx.close_account(&id, now)? {
                    Ok(())
                } else {
                    Err(Failure::from(Missing::Account(id.clone())))
                }
            })
            .await
    }
}
