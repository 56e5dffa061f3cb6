//! CreateAccessKey, ListAccessKeys, UpdateAccessKey, DeleteAccessKey, GetAccessKeyLastUsed.

use db::{AccessKey, IamUser, KeyOwner, Tx};
use keys::SealedAs;
use names::{AccountId, KeyKind, SecretAccessKey, UserIdentity, UserName};

use crate::pages::Page;
use crate::user::require_user;
use crate::{Failure, Iam, Missing, Quota};

/// Keys of one user, and of one root user. IAM's quota: one in use, and one to change to.
pub(crate) const KEYS_MAX: u32 = 2;

/// The owner of the keys in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyHolder {
    /// The account's own.
    Root,
    /// Those of a user.
    User(UserName),
}

/// Whether a key may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStatus {
    /// The key may sign.
    Active,
    /// It may not sign until it is activated again.
    Inactive,
}

/// A key that was made.
#[derive(Debug)]
pub struct CreatedKey {
    /// The key.
    pub key: AccessKey,
    /// Its secret, shown only this once.
    pub secret: SecretAccessKey,
    /// The user that owns it, in the stored spelling; `None` for the account itself.
    pub user_name: Option<UserName>,
}

/// Forty letters, digits, slashes and pluses, as AWS's secrets are: 240 random bits.
pub fn made_secret() -> SecretAccessKey {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let random: [u8; 40] = keys::random();
    let text = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 64)])).collect();
    SecretAccessKey::new(text)
}

/// The holder as rows name it, and its name in the stored spelling; or the refusal that there is no
/// such user.
fn require_owner(
    tx: &mut Tx<'_>,
    account: &AccountId,
    holder: &KeyHolder,
) -> Result<(KeyOwner, Option<UserName>), Failure> {
    match holder {
        KeyHolder::Root => Ok((KeyOwner::Root, None)),
        KeyHolder::User(name) => {
            let UserIdentity { id, name, .. } = require_user(tx, account, name)?.identity;
            Ok((KeyOwner::User(id), Some(name)))
        }
    }
}

impl Iam {
    /// Makes a key. Its secret is in the answer, and nowhere else in the clear.
    pub async fn create_access_key(
        &self,
        account: &AccountId,
        holder: KeyHolder,
    ) -> Result<CreatedKey, Failure> {
        let secret = made_secret();
        let id = KeyKind::LongTerm.access_key_id(account, keys::random());
        let sealed_secret =
            self.keyring.seal_as(SealedAs::AccessKey(&id), secret.expose().as_bytes());
        let (of, now) = (account.clone(), self.now());
        let (key, user_name) = self
            .rows
            .change_rights(account, move |tx| {
                let (owner, user_name) = require_owner(tx, &of, &holder)?;
                if tx.list_access_keys(&of, &owner, None, KEYS_MAX)?.len() >= KEYS_MAX as usize {
                    let quota = Quota::Named("AccessKeysPerUser", KEYS_MAX as usize);
                    return Err(Failure::from(quota));
                }
                let key = AccessKey {
                    id: id.clone(),
                    account: of.clone(),
                    owner,
                    sealed_secret: sealed_secret.clone(),
                    active: true,
                    created_at: now,
                    last_use: None,
                };
                tx.put_access_key(&key)?;
                Ok((key, user_name))
            })
            .await?;
        Ok(CreatedKey { key, secret, user_name })
    }

    /// One page of keys, by their ids, and the name of their user.
    pub async fn list_access_keys(
        &self,
        account: &AccountId,
        holder: KeyHolder,
        page: Page,
    ) -> Result<(Option<UserName>, Vec<AccessKey>), Failure> {
        let account = account.clone();
        let Page { after, limit } = page;
        self.rows
            .read(move |tx| {
                let (owner, user_name) = require_owner(tx, &account, &holder)?;
                let keys = tx.list_access_keys(&account, &owner, after.as_deref(), limit)?;
                Ok((user_name, keys))
            })
            .await
    }

    /// Lets a key sign, or keeps it from signing.
    pub async fn update_access_key(
        &self,
        account: &AccountId,
        holder: KeyHolder,
        id: String,
        status: KeyStatus,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let (owner, _) = require_owner(tx, &of, &holder)?;
                let is_active = status == KeyStatus::Active;
                require_done(tx.put_access_key_active(&of, &owner, &id, is_active)?, &id)
            })
            .await
    }

    /// Deletes a key. Nothing is signed with it any more, in this process from now on.
    pub async fn delete_access_key(
        &self,
        account: &AccountId,
        holder: KeyHolder,
        id: String,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let (owner, _) = require_owner(tx, &of, &holder)?;
                require_done(tx.delete_access_key(&of, &owner, &id)?, &id)
            })
            .await
    }

    /// The user that has this key, if it is a user of the account.
    pub async fn find_user_of_key(
        &self,
        account: &AccountId,
        id: &str,
    ) -> Result<Option<IamUser>, Failure> {
        let (account, id) = (account.clone(), id.to_owned());
        self.rows
            .read(move |tx| {
                let key = tx.find_access_key(&id)?.filter(|key| key.account == account);
                match key.map(|key| key.owner) {
                    Some(KeyOwner::User(user)) => Ok(tx.find_iam_user_by_id(&user)?),
                    Some(KeyOwner::Root) | None => Ok(None),
                }
            })
            .await
    }

    /// A key of the account and, if it is one of a user's, the name of that user.
    pub async fn get_access_key_last_used(
        &self,
        account: &AccountId,
        id: String,
    ) -> Result<(AccessKey, Option<UserName>), Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let key = tx.find_access_key(&id)?.filter(|key| key.account == account);
                let key = key.ok_or_else(|| Missing::AccessKey(id.clone()))?;
                let user = match &key.owner {
                    KeyOwner::Root => None,
                    KeyOwner::User(user) => tx.find_iam_user_by_id(user)?,
                };
                Ok((key, user.map(|user| user.identity.name)))
            })
            .await
    }
}

fn require_done(done: bool, id: &str) -> Result<(), Failure> {
    if done { Ok(()) } else { Err(Missing::AccessKey(id.to_owned()).into()) }
}
