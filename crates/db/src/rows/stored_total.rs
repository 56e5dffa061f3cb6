//! How much there is of what metrics show: counted as it changes, never by reading a whole table.

use crate::value::args;
use crate::{DbError, Tx};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Blobs in the store.
    Standard,
    /// Blobs in the archive storage.
    Archive,
    /// Deleted images that are kept to be restored.
    Restorable,
}

/// How many, and how large they are together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub number: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Total {
    /// Everything that is counted.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Archive, Self::Restorable];

    /// The word in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Archive => "archive",
            Self::Restorable => "restorable",
        }
    }
}

impl Tx<'_> {
    /// Adds something to a total, or takes it away. `key` is that of its row.
    pub(super) fn count_stored(
        &mut self,
        total: Total,
        key: i64,
        sign: i64,
        size_bytes: u64,
    ) -> Result<(), DbError> {
        let bytes = i64::try_from(size_bytes).unwrap_or(i64::MAX).saturating_mul(sign);
        self.send(
            "INSERT INTO stored_total (kind, shard, number, bytes) VALUES ($1, $2, $3, $4)
             ON CONFLICT (kind, shard) DO UPDATE SET
                 number = stored_total.number + excluded.number,
                 bytes = stored_total.bytes + excluded.bytes",
            args![total.as_str(), key % SHARDS, sign, bytes],
        )
    }

    /// How much there is.
    pub fn find_total(&mut self, total: Total) -> Result<Counted, DbError> {
        let found = self.row(
            "SELECT CAST(COALESCE(SUM(number), 0) AS bigint), CAST(COALESCE(SUM(bytes), 0) AS bigint)
             FROM stored_total WHERE kind = $1",
            args![total.as_str()],
            |row| {
                // Nodes of the version before change rows without counting them.
                let at_least_none = |number: i64| u64::try_from(number).unwrap_or(0);
                Ok(Counted {
                    number: at_least_none(row.int(0, "stored_total.number")?),
                    bytes: at_least_none(row.int(1, "stored_total.bytes")?),
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Writes down how much there is, after it was counted.
    pub fn put_total(&mut self, total: Total, counted: Counted) -> Result<(), DbError> {
        self.send("DELETE FROM stored_total WHERE kind = $1", args![total.as_str()])?;
        self.send(
            "INSERT INTO stored_total (kind, shard, number, bytes) VALUES ($1, 0, $2, $3)",
            args![total.as_str(), counted.number, counted.bytes],
        )
    }
}

/// Over how many rows a total is spread.
const SHARDS: i64 = 16;
