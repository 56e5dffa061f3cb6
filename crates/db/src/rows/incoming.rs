use names::{ObjectKey, Timestamp};

use super::blob::BlobKey;
use crate::value::args;
use crate::{DbError, Tx};

/// What moves in, or has: rows and objects of another installation, or of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Where they come from, in the words of who moves them.
    pub source: String,
    /// What the rows hash to, once they are all here.
    pub rows_digest: Option<String>,
    /// The objects of all blobs up to this one are here.
    pub blobs_done: BlobKey,
    /// The objects of all records up to this one are here.
    pub records_done: Option<ObjectKey>,
    /// May there be objects that no row names, because the rows came a second time?
    pub strays: bool,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When all was here and had been compared.
    pub completed_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// What moves in here, or has.
    pub fn find_incoming(&mut self) -> Result<Option<Incoming>, DbError> {
        self.row(
            "SELECT source, rows_digest, blobs_done, records_done, strays, begun_at, completed_at
             FROM incoming WHERE id = 1",
            args![],
            |row| {
                let records_done = row.text(3, "incoming.records_done")?;
                let records_done = (!records_done.is_empty())
                    .then(|| ObjectKey::parse(&records_done))
                    .transpose()
                    .map_err(|_| DbError::Corrupt { column: "incoming.records_done" })?;
                Ok(Incoming {
                    source: row.text(0, "incoming.source")?,
                    rows_digest: row.maybe_text(1, "incoming.rows_digest")?,
                    blobs_done: BlobKey(row.int(2, "incoming.blobs_done")?),
                    records_done,
                    strays: row.int(4, "incoming.strays")? != 0,
                    begun_at: row.moment(5, "incoming.begun_at")?,
                    completed_at: row.maybe_moment(6, "incoming.completed_at")?,
                })
            },
        )
    }

    /// Writes down how far it is.
    pub fn put_incoming(&mut self, incoming: &Incoming) -> Result<(), DbError> {
        let Incoming {
            source,
            rows_digest,
            blobs_done,
            records_done,
            strays,
            begun_at,
            completed_at,
        } = incoming;
        self.execute(
            "INSERT INTO incoming (id, source, rows_digest, blobs_done, records_done, strays,
                                   begun_at, completed_at)
             VALUES (1, $1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (id) DO UPDATE SET source = excluded.source,
                 rows_digest = excluded.rows_digest, blobs_done = excluded.blobs_done,
                 records_done = excluded.records_done, strays = excluded.strays,
                 begun_at = excluded.begun_at, completed_at = excluded.completed_at",
            args![
                source,
                rows_digest.as_ref(),
                *blobs_done,
                records_done.as_ref().map_or("", ObjectKey::as_str),
                *strays,
                *begun_at,
                *completed_at
            ],
        )
        .map(drop)
    }
}
