use names::{AccountId, Timestamp};

use crate::value::args;
use crate::{DbError, Tx};

/// A long-lived credential. The secret is sealed; the keyring opens it.
#[derive(Debug, Clone)]
pub struct AccessKey {
    /// `AKIA…`.
    pub id: String,
    /// Whose it is.
    pub account: AccountId,
    /// Which principal of the account: `root`, for now.
    pub principal: String,
    /// The secret, sealed.
    pub sealed_secret: Vec<u8>,
    /// May it sign?
    pub active: bool,
}

impl Tx<'_> {
    /// The access key with this id.
    pub fn find_access_key(&mut self, id: &str) -> Result<Option<AccessKey>, DbError> {
        self.row(
            "SELECT id, account, principal, secret, active FROM access_key WHERE id = $1",
            args![id],
            |row| {
                Ok(AccessKey {
                    id: row.text(0, "access_key.id")?,
                    account: row.word(1, "access_key.account")?,
                    principal: row.text(2, "access_key.principal")?,
                    sealed_secret: row.bytes(3, "access_key.secret")?.to_vec(),
                    active: row.int(4, "access_key.active")? != 0,
                })
            },
        )
    }

    /// Keeps a key; one with the same id is replaced.
    pub fn put_access_key(&mut self, key: &AccessKey, now: Timestamp) -> Result<(), DbError> {
        let AccessKey { id, account, principal, sealed_secret, active } = key;
        self.execute(
            "INSERT INTO access_key (id, account, principal, secret, active, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET account = excluded.account, principal = excluded.principal,
                 secret = excluded.secret, active = excluded.active",
            args![id, account, principal, sealed_secret, *active, now],
        )
        .map(drop)
    }

    /// Takes every key but `kept` from a principal of an account.
    pub fn delete_other_access_keys(
        &mut self,
        account: &AccountId,
        principal: &str,
        kept: &str,
    ) -> Result<usize, DbError> {
        self.execute(
            "DELETE FROM access_key WHERE account = $1 AND principal = $2 AND id <> $3",
            args![account, principal, kept],
        )
    }
}
