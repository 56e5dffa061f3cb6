//! The rows that are copied, and their hash.

use db::{Cell, Piece, Snapshot, Table};
use jobs::Moves;
use names::{Algorithm, Digest, DigestHasher};

use super::{MoveError, Progress};
use crate::backup::ChunkReader;
use crate::jobs::moves;

/// The source of rows.
#[derive(Debug)]
pub(crate) enum RowSource {
    /// A database.
    Database(Snapshot),
    /// A backup, without the rows that do not move.
    Backup(ChunkReader),
}

impl RowSource {
    pub(crate) async fn next(&mut self) -> Result<Option<Piece>, MoveError> {
        match self {
            Self::Database(snapshot) => Ok(snapshot.next().await?.map(carried)),
            Self::Backup(chunks) => chunks.next().await,
        }
    }
}

/// Removes the rows that stay. Jobs about uploads are useless without the uploads, and an object
/// that is to be deleted is not copied in the first place.
pub(crate) fn carried(piece: Piece) -> Piece {
    match piece {
        Piece::Rows { table, mut rows } if table.name == "job" => {
            let name = table.position("name").expect("jobs have names");
            rows.retain(|row| row[name].as_text().map(moves) != Some(Moves::Never));
            Piece::Rows { table, rows }
        }
        other => other,
    }
}

/// The hash of rows, table by table, and the number of objects they name.
#[derive(Debug, Default)]
pub(crate) struct Census {
    tables: Vec<(&'static Table, Digest)>,
    hasher: Option<DigestHasher>,
    pub(crate) rows: u64,
    pub(crate) objects: u64,
    pub(crate) bytes: u64,
}

impl Census {
    /// All rows of a source, counted.
    pub(crate) async fn take(
        mut source: RowSource,
        progress: &Progress,
    ) -> Result<Self, MoveError> {
        let mut census = Self::default();
        while let Some(piece) = source.next().await? {
            census.add(&piece, progress);
        }
        Ok(census)
    }

    /// Counts one piece more.
    pub(crate) fn add(&mut self, piece: &Piece, progress: &Progress) {
        let hasher = self.hasher.get_or_insert_with(|| DigestHasher::new(Algorithm::Sha256));
        match piece {
            Piece::Rows { table, rows } => {
                progress.read_rows(rows.len());
                self.rows += rows.len() as u64;
                for cell in rows.iter().flatten() {
                    absorb(hasher, cell);
                }
                self.count(table, rows);
            }
            Piece::End { table, last_generated: _ } => {
                let hasher = self.hasher.take().expect("it was just made");
                self.tables.push((table, hasher.finish()));
            }
        }
    }

    fn count(&mut self, table: &Table, rows: &[Vec<Cell>]) {
        if !matches!(table.name, "blob" | "image_record") {
            return;
        }
        self.objects += rows.len() as u64;
        let Some(size) = table.position("size") else { return };
        for row in rows {
            if let Cell::Int(bytes) = row[size] {
                self.bytes += u64::try_from(bytes).unwrap_or(0);
            }
        }
    }

    /// The hash of everything.
    pub(crate) fn digest(&self) -> Digest {
        let mut hasher = DigestHasher::new(Algorithm::Sha256);
        for (table, digest) in &self.tables {
            hasher.update(table.name.as_bytes());
            hasher.update(digest.as_str().as_bytes());
        }
        hasher.finish()
    }

    /// A table in which the other census has other rows.
    pub(crate) fn difference(&self, other: &Self) -> Option<&'static str> {
        let differs = self.tables.iter().zip(&other.tables).find(|(one, two)| one != two);
        match differs {
            Some(((table, _), _)) => Some(table.name),
            None if self.tables.len() == other.tables.len() => None,
            None => Some("schema_version"),
        }
    }
}

/// Each cell with its kind and its length: no two rows are hashed alike.
fn absorb(hasher: &mut DigestHasher, cell: &Cell) {
    let mut bytes = |kind: u8, bytes: &[u8]| {
        hasher.update(&[kind]);
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    match cell {
        Cell::Null => bytes(0, &[]),
        Cell::Int(number) => bytes(1, &number.to_le_bytes()),
        Cell::Text(text) => bytes(2, text.as_bytes()),
        Cell::Bytes(content) => bytes(3, content),
    }
}
