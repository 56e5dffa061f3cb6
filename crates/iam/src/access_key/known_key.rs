//! The owner of an access key.

use db::{AccessKey, KeyOwner};
use keys::SealedAs;
use names::{Principal, SecretAccessKey, Timestamp};

use crate::{Failure, Fault, Iam};

/// A key that may sign.
#[derive(Debug, Clone)]
pub struct KnownKey {
    /// Its owner, with its current name and path.
    pub principal: Principal,
    /// Its secret.
    pub secret: SecretAccessKey,
    /// Its last recorded use.
    pub last_used_at: Option<Timestamp>,
    /// The account's epoch before the look-up: while it is current, so is the key.
    pub epoch: u64,
}

impl Iam {
    /// The long-lived key with this id. `None` if it is inactive, its user is gone, or its account
    /// is closed.
    pub async fn find_known_key(&self, id: &str) -> Result<Option<KnownKey>, Failure> {
        let wanted = id.to_owned();
        let account = self
            .rows
            .read(move |tx| Ok::<_, Failure>(tx.find_access_key(&wanted)?.map(|key| key.account)))
            .await?;
        let Some(account) = account else { return Ok(None) };
        // The epoch is read before the rows that it covers.
        let epoch = self.rows.epochs().of_account(&account);
        let wanted = id.to_owned();
        let found = self
            .rows
            .read(move |tx| {
                let key = tx.find_access_key(&wanted)?;
                let key = key.filter(|key| key.active && key.account == account);
                let Some(key) = key else { return Ok(None) };
                if !tx.account_is_open(&key.account)? {
                    return Ok(None);
                }
                let principal = match &key.owner {
                    KeyOwner::Root => Some(Principal::Root { account: key.account.clone() }),
                    KeyOwner::User(id) => tx
                        .find_iam_user_by_id(id)?
                        .filter(|user| user.identity.account == key.account)
                        .map(|user| Principal::User(user.identity)),
                };
                Ok::<_, Failure>(principal.map(|principal| (principal, key)))
            })
            .await?;
        let Some((principal, key)) = found else { return Ok(None) };
        let AccessKey { id, sealed_secret, last_use, .. } = key;
        let secret = self.keyring.open_as(SealedAs::AccessKey(&id), &sealed_secret)?;
        let secret = str::from_utf8(&secret)
            .map_err(|error| Failure::Fault(Fault::Corrupt(error.into())))?
            .to_owned();
        let last_used_at = last_use.map(|used| used.at);
        Ok(Some(KnownKey { principal, secret: SecretAccessKey::new(secret), last_used_at, epoch }))
    }
}
