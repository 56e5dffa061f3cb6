use names::Timestamp;

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A root key of the keyring, without what is secret about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootKeyRow {
    /// Its id.
    pub id: String,
    /// Of two root keys, the later one has the greater.
    pub place: i64,
    /// Since when it seals.
    pub since: Timestamp,
    /// Until when it did; `None` for the one that does.
    pub retired_at: Option<Timestamp>,
    /// Its secret, sealed under the one that seals, or under one between them.
    pub handed_down: Option<Vec<u8>>,
    /// How much it seals, if that was counted.
    pub seals: Option<Sealed>,
}

/// How much a root key seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Secrets in rows.
    pub secrets: u64,
    /// Data keys of objects.
    pub data_keys: u64,
    /// When that was counted.
    pub at: Timestamp,
}

/// More than any operator rotates through.
const ROOT_KEYS_MAX: i64 = 10_000;

impl Tx<'_> {
    /// All root keys, the oldest first.
    pub fn list_root_keys(&mut self) -> Result<Vec<RootKeyRow>, DbError> {
        self.rows(
            "SELECT id, place, since, retired_at, handed_down, secrets, data_keys, counted_at
             FROM root_key WHERE place > 0 ORDER BY place LIMIT $1",
            args![ROOT_KEYS_MAX],
            read,
        )
    }

    /// Keeps a root key, unless it is there: nodes that start together all bring theirs, and the
    /// engine finds the second row before it finds that the transactions met.
    pub fn insert_root_key(&mut self, root: &RootKeyRow) -> Result<(), DbError> {
        let RootKeyRow { id, place, since, retired_at, handed_down, seals: _ } = root;
        self.send(
            "INSERT INTO root_key (id, place, since, retired_at, handed_down)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
            args![id, *place, *since, *retired_at, handed_down.as_ref()],
        )
    }

    /// Says since when a root key does not seal any more, or that it does.
    pub fn put_root_key_retirement(
        &mut self,
        id: &str,
        at: Option<Timestamp>,
    ) -> Result<(), DbError> {
        self.send("UPDATE root_key SET retired_at = $2 WHERE id = $1", args![id, at])
    }

    /// Keeps the secret of a root key, sealed under a later one.
    pub fn hand_down_root_key(&mut self, id: &str, sealed: &[u8]) -> Result<(), DbError> {
        self.send("UPDATE root_key SET handed_down = $2 WHERE id = $1", args![id, sealed])
    }

    /// Says how much a root key seals.
    pub fn put_sealed_by_root_key(&mut self, id: &str, seals: Sealed) -> Result<(), DbError> {
        let Sealed { secrets, data_keys, at } = seals;
        self.send(
            "UPDATE root_key SET secrets = $2, data_keys = $3, counted_at = $4 WHERE id = $1",
            args![id, secrets, data_keys, at],
        )
    }
}

fn read(row: &Row<'_>) -> Result<RootKeyRow, DbError> {
    let seals = match row.maybe_moment(7, "root_key.counted_at")? {
        None => None,
        Some(at) => Some(Sealed {
            secrets: row.size(5, "root_key.secrets")?,
            data_keys: row.size(6, "root_key.data_keys")?,
            at,
        }),
    };
    Ok(RootKeyRow {
        id: row.text(0, "root_key.id")?,
        place: row.int(1, "root_key.place")?,
        since: row.moment(2, "root_key.since")?,
        retired_at: row.maybe_moment(3, "root_key.retired_at")?,
        handed_down: row.maybe_bytes(4, "root_key.handed_down")?.map(<[u8]>::to_vec),
        seals,
    })
}
