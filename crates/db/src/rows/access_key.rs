use names::{AccountId, Region, Timestamp, UniqueId};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A long-lived credential. The secret is sealed; the keyring opens it.
#[derive(Debug, Clone)]
pub struct AccessKey {
    /// `AKIA…`.
    pub id: String,
    /// The owner's account.
    pub account: AccountId,
    /// Which principal of the account.
    pub owner: KeyOwner,
    /// The secret, sealed.
    pub sealed_secret: Vec<u8>,
    /// Whether it may sign.
    pub active: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// The last use; `None` if there was none.
    pub last_use: Option<KeyUse>,
}

/// The owner of an access key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOwner {
    /// The account's own.
    Root,
    /// That of a user.
    User(UniqueId),
}

/// A use of an access key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// When.
    pub at: Timestamp,
    /// In which Region.
    pub region: Region,
    /// With which service.
    pub service: String,
}

/// The name of the account itself in rows.
const ROOT: &str = "root";

impl KeyOwner {
    fn as_str(&self) -> &str {
        match self {
            Self::Root => ROOT,
            Self::User(id) => id.as_str(),
        }
    }
}

impl Tx<'_> {
    /// The access key with this id.
    pub fn find_access_key(&mut self, id: &str) -> Result<Option<AccessKey>, DbError> {
        self.row(
            "SELECT id, account, principal, secret, active, created_at,
                    last_used_at, last_used_region, last_used_service
             FROM access_key WHERE id = $1",
            args![id],
            read,
        )
    }

    /// Keeps a key; one with the same id is replaced.
    pub fn put_access_key(&mut self, key: &AccessKey) -> Result<(), DbError> {
        let AccessKey { id, account, owner, sealed_secret, active, created_at, last_use: _ } = key;
        self.send(
            "INSERT INTO access_key (id, account, principal, secret, active, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET account = excluded.account, principal = excluded.principal,
                 secret = excluded.secret, active = excluded.active",
            args![id, account, owner.as_str(), sealed_secret, *active, *created_at],
        )
    }

    /// The keys of a principal, by their ids, from after `after` on.
    pub fn list_access_keys(
        &mut self,
        account: &AccountId,
        owner: &KeyOwner,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<AccessKey>, DbError> {
        self.rows(
            "SELECT id, account, principal, secret, active, created_at,
                    last_used_at, last_used_region, last_used_service
             FROM access_key WHERE account = $1 AND principal = $2 AND id > $3 ORDER BY id LIMIT $4",
            args![account, owner.as_str(), after.unwrap_or_default(), i64::from(limit)],
            read,
        )
    }

    /// The sealed secrets of all keys by their ids, from after `after` on.
    pub fn list_sealed_access_keys(
        &mut self,
        after: &str,
        limit: u32,
    ) -> Result<Vec<(String, Vec<u8>)>, DbError> {
        self.rows(
            "SELECT id, secret FROM access_key WHERE id > $1 ORDER BY id LIMIT $2",
            args![after, i64::from(limit)],
            |row| {
                let sealed = row.bytes(1, "access_key.secret")?.to_vec();
                Ok((row.text(0, "access_key.id")?, sealed))
            },
        )
    }

    /// Keeps the same secret, sealed in another way. Nothing happens if it is not the one that was
    /// read.
    pub fn reseal_access_key(&mut self, id: &str, old: &[u8], new: &[u8]) -> Result<(), DbError> {
        self.send(
            "UPDATE access_key SET secret = $3 WHERE id = $1 AND secret = $2",
            args![id, old, new],
        )
    }

    /// Lets a principal's key sign, or keeps it from signing; `false` if it has no such key.
    pub fn put_access_key_active(
        &mut self,
        account: &AccountId,
        owner: &KeyOwner,
        id: &str,
        active: bool,
    ) -> Result<bool, DbError> {
        let changed = self.execute(
            "UPDATE access_key SET active = $4 WHERE id = $3 AND account = $1 AND principal = $2",
            args![account, owner.as_str(), id, active],
        )?;
        Ok(changed == 1)
    }

    /// Deletes a key of a principal; `false` if the principal has no such key.
    pub fn delete_access_key(
        &mut self,
        account: &AccountId,
        owner: &KeyOwner,
        id: &str,
    ) -> Result<bool, DbError> {
        let deleted = self.execute(
            "DELETE FROM access_key WHERE id = $3 AND account = $1 AND principal = $2",
            args![account, owner.as_str(), id],
        )?;
        Ok(deleted == 1)
    }

    /// Deletes every key except `kept` of an account's principal.
    pub fn delete_other_access_keys(
        &mut self,
        account: &AccountId,
        owner: &KeyOwner,
        kept: &str,
    ) -> Result<usize, DbError> {
        self.execute(
            "DELETE FROM access_key WHERE account = $1 AND principal = $2 AND id <> $3",
            args![account, owner.as_str(), kept],
        )
    }

    /// Writes down when a key was used, unless a later use is known.
    pub fn record_key_use(&mut self, id: &str, used: &KeyUse) -> Result<(), DbError> {
        let KeyUse { at, region, service } = used;
        self.send(
            "UPDATE access_key SET last_used_at = $2, last_used_region = $3, last_used_service = $4
             WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)",
            args![id, *at, region, service],
        )
    }
}

fn read(row: &Row<'_>) -> Result<AccessKey, DbError> {
    let owner = match row.text(2, "access_key.principal")?.as_str() {
        ROOT => KeyOwner::Root,
        _ => KeyOwner::User(row.word(2, "access_key.principal")?),
    };
    let last_use = match row.maybe_moment(6, "access_key.last_used_at")? {
        None => None,
        Some(at) => Some(KeyUse {
            at,
            region: row.word(7, "access_key.last_used_region")?,
            service: row.text(8, "access_key.last_used_service")?,
        }),
    };
    Ok(AccessKey {
        id: row.text(0, "access_key.id")?,
        account: row.word(1, "access_key.account")?,
        owner,
        sealed_secret: row.bytes(3, "access_key.secret")?.to_vec(),
        active: row.int(4, "access_key.active")? != 0,
        created_at: row.moment(5, "access_key.created_at")?,
        last_use,
    })
}
