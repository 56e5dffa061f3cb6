use blobs::{DocumentKind, Documents};
use db::{Cell, Piece, Table};

use super::chunk::decode;
use super::manifest::{Manifest, TableFiles};
use super::seal::{RowSeal, refuse};
use crate::Operations;
use crate::migrate::MoveError;

/// The rows of a backup, in their order.
#[derive(Debug)]
pub(crate) struct ChunkReader {
    documents: Documents,
    seal: RowSeal,
    tables: std::vec::IntoIter<TableFiles>,
    /// The table that is being read, its last generated key, and its remaining files.
    now: Option<(&'static Table, i64, std::vec::IntoIter<String>)>,
}

impl ChunkReader {
    pub(super) fn new(documents: &Documents, manifest: &Manifest, keys: &Operations) -> Self {
        let tables = manifest.tables.clone().into_iter();
        let seal = manifest.row_seal(&keys.keyring);
        Self { documents: documents.clone(), seal, tables, now: None }
    }

    pub(crate) async fn next(&mut self) -> Result<Option<Piece>, MoveError> {
        let Some((table, last_generated, files)) = &mut self.now else {
            let Some(TableFiles { table, last_generated, files }) = self.tables.next() else {
                return Ok(None);
            };
            let known = Table::find(&table).ok_or_else(|| MoveError::BackupDamaged {
                what: format!("it has a table {table}, which this program does not know"),
            })?;
            self.now = Some((known, last_generated, files.into_iter()));
            return Box::pin(self.next()).await;
        };
        let (table, last_generated) = (*table, *last_generated);
        if let Some(name) = files.next() {
            let rows = read_chunk(&self.documents, &self.seal, table, &name).await?;
            return Ok(Some(Piece::Rows { table, rows }));
        }
        self.now = None;
        Ok(Some(Piece::End { table, last_generated }))
    }
}

/// The rows of one file.
pub(super) async fn read_chunk(
    documents: &Documents,
    seal: &RowSeal,
    table: &Table,
    name: &str,
) -> Result<Vec<Vec<Cell>>, MoveError> {
    let refused = |why: &str| refuse(&format!("rows/{name}"), why);
    // The names in an unsealed manifest may be malformed.
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(refused("that is no name of a file"));
    }
    let bytes = documents.read(DocumentKind::Rows, name).await?;
    let bytes = bytes.ok_or_else(|| refused("it is missing"))?;
    let opened = seal.open(table.name, name, bytes)?;
    decode(table, &opened).map_err(refused)
}
