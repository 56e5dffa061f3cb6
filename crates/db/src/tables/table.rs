/// What happens to a table's rows in a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// They move too.
    Nothing,
    /// They are about this database, this store or these processes, and mean nothing elsewhere.
    Everything,
}

/// One table: its name, its columns and its key.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, each once.
    pub columns: &'static [&'static str],
    /// The columns of its primary key, in the key's order.
    pub key: &'static [&'static str],
    /// Is the key a number that the engine generates?
    pub generated: bool,
    /// Which rows stay when all else moves.
    pub stays: Stays,
}

/// Rows that are read together. A manifest has up to 4 MiB, and the facts of a layer seldom more,
/// so a page of them has 64 MiB at the very worst. An audit record has up to 256 KiB, and a log
/// file of them not much more than 4 MiB.
const PAGE_ROWS: usize = 512;
const PAGE_IMAGES: usize = 16;

impl Table {
    /// The position of a column in a row.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| *known == column)
    }

    /// How many of its rows are read together.
    pub(super) fn page_rows(&self) -> usize {
        let is_long =
            |column: &&str| matches!(*column, "body" | "facts" | "manifest" | "resources");
        if self.columns.iter().any(is_long) { PAGE_IMAGES } else { PAGE_ROWS }
    }

    /// Its columns as SQL has them: some of them are words of SQL.
    pub(super) fn quoted(columns: &[&str]) -> String {
        columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
    }

    /// Its name, quoted for SQL.
    pub(super) fn quoted_name(&self) -> String {
        Self::quoted(&[self.name])
    }
}
