//! What the rows say about root keys.

use db::{Db, DbError, RootKeyRow};
use keys::{KeyError, Keyring, NotedRootKey, RootKeyId};

/// The root keys that the rows name.
#[derive(Debug, Clone)]
pub struct RootKeys {
    noted: Vec<NotedRootKey>,
    /// Which one seals; `None` if the rows do not say.
    current: Option<RootKeyId>,
}

impl RootKeys {
    /// Reads them.
    pub async fn read(db: &Db) -> Result<Self, DbError> {
        Self::of(&read_rows(db).await?)
    }

    pub(crate) fn of(rows: &[RootKeyRow]) -> Result<Self, DbError> {
        let noted = |row: &RootKeyRow| {
            let handed_down = row.handed_down.clone();
            Ok::<_, DbError>(NotedRootKey { id: root_key_id(row)?, handed_down })
        };
        let current = rows.iter().rfind(|row| row.retired_at.is_none());
        Ok(Self {
            current: current.map(root_key_id).transpose()?,
            noted: rows.iter().map(noted).collect::<Result<_, _>>()?,
        })
    }

    /// Lets a keyring go by them. Fails if the one that seals is not known.
    pub fn settle(&self, keyring: &Keyring) -> Result<(), KeyError> {
        if self.noted.is_empty() {
            return Ok(());
        }
        keyring.settle(&self.noted, self.current.unwrap_or_else(|| keyring.current()))
    }
}

/// The rows of all root keys, the oldest first.
pub(crate) async fn read_rows(db: &Db) -> Result<Vec<RootKeyRow>, DbError> {
    db.read(|tx| {
        let rows = tx.list_root_keys()?;
        Ok(rows)
    })
    .await
}

pub(super) fn root_key_id(row: &RootKeyRow) -> Result<RootKeyId, DbError> {
    RootKeyId::parse(&row.id).ok_or(DbError::Corrupt { column: "root_key.id" })
}
