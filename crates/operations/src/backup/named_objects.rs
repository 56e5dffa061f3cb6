use db::{Cell, Table};
use names::{Digest, ObjectKey, StorageClass, WrappedKey};

use crate::migrate::{Expected, MoveError};

/// The objects that rows name.
pub(super) fn expected(table: &Table, rows: &[Vec<Cell>]) -> Result<Vec<Expected>, MoveError> {
    let read = |row: &Vec<Cell>| {
        let cell = |column| table.position(column).map(|at| &row[at]);
        let object = ObjectKey::parse(cell("object")?.as_text()?).ok()?;
        let (Some(digest), Some(size), Some(key)) =
            (cell("digest"), cell("size"), cell("wrapped_key"))
        else {
            return Some(Expected {
                object,
                class: StorageClass::Standard,
                layer: None,
                record: None,
            });
        };
        let digest = Digest::parse(digest.as_text()?).ok()?;
        let (Cell::Int(size), Cell::Bytes(key)) = (size, key) else { return None };
        let layer = (digest, u64::try_from(*size).ok()?, WrappedKey::from_bytes(key));
        // Rows of an older program do not say where they are.
        let class = match cell("storage_class").and_then(Cell::as_text) {
            Some(class) => class.parse().ok()?,
            None => StorageClass::Standard,
        };
        Some(Expected { object, class, layer: Some(layer), record: None })
    };
    let damaged = || MoveError::BackupDamaged {
        what: format!("a row of {} does not name an object", table.name),
    };
    rows.iter().map(read).collect::<Option<_>>().ok_or_else(damaged)
}
