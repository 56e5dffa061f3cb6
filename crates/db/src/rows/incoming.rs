use names::{ObjectKey, Timestamp};

use super::blob::BlobKey;
use crate::value::args;
use crate::{DbError, Tx};

/// The note about a move into this database: of another installation, or of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Where the rows and objects come from, as the mover names it.
    pub source: String,
    /// The hash of the rows, once all of them are here.
    pub rows_digest: Option<String>,
    /// The objects of all blobs up to this one are here.
    pub blobs_done: BlobKey,
    /// The objects of all records up to this one are here.
    pub records_done: Option<ObjectKey>,
    /// Whether there may be objects that no row names, because the rows were written a second time.
    pub strays: bool,
    /// When the move began.
    pub begun_at: Timestamp,
    /// When all was here and had been compared.
    pub completed_at: Option<Timestamp>,
    /// The number of the run that works on it, from 1.
    pub turn: i64,
    /// Until when that run holds the target.
    pub held_until: Timestamp,
}

impl Tx<'_> {
    /// The note about what is moving in, or has moved in.
    pub fn find_incoming(&mut self) -> Result<Option<Incoming>, DbError> {
        self.row(
            "SELECT source, rows_digest, blobs_done, records_done, strays, begun_at, completed_at,
                    turn, held_until
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
                    turn: row.int(7, "incoming.turn")?,
                    held_until: row.moment(8, "incoming.held_until")?,
                })
            },
        )
    }

    /// Begins, or begins another run: whatever was noted before is replaced.
    pub fn begin_incoming(&mut self, incoming: &Incoming) -> Result<(), DbError> {
        self.forget_incoming()?;
        self.execute(
            "INSERT INTO incoming (id, source, blobs_done, records_done, strays, begun_at, turn,
                                   held_until)
             VALUES (1, $1, 0, '', 0, $2, $3, $4)",
            args![&incoming.source, incoming.begun_at, incoming.turn, incoming.held_until],
        )?;
        self.put_incoming(incoming).map(drop)
    }

    /// Deletes the note: nothing has been copied yet.
    pub fn forget_incoming(&mut self) -> Result<(), DbError> {
        self.execute("DELETE FROM incoming WHERE id = 1", args![]).map(drop)
    }

    /// Renews a run's hold; `false` if a later run has begun.
    pub fn hold_incoming(&mut self, turn: i64, held_until: Timestamp) -> Result<bool, DbError> {
        let held = self.execute(
            "UPDATE incoming SET held_until = $2 WHERE id = 1 AND turn = $1",
            args![turn, held_until],
        )?;
        Ok(held == 1)
    }

    /// Stores the progress of a run; `false` if a later run has begun.
    pub fn put_incoming(&mut self, incoming: &Incoming) -> Result<bool, DbError> {
        let Incoming {
            source: _,
            rows_digest,
            blobs_done,
            records_done,
            strays,
            begun_at: _,
            completed_at,
            turn,
            held_until: _,
        } = incoming;
        let noted = self.execute(
            "UPDATE incoming SET rows_digest = $2, blobs_done = $3, records_done = $4, strays = $5,
                                 completed_at = $6
             WHERE id = 1 AND turn = $1",
            args![
                *turn,
                rows_digest.as_ref(),
                *blobs_done,
                records_done.as_ref().map_or("", ObjectKey::as_str),
                *strays,
                *completed_at
            ],
        )?;
        Ok(noted == 1)
    }
}
