use super::{Stays, TABLES, Table};
use crate::{DbError, Tx};

impl Table {
    /// The table of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// The tables whose rows move.
    pub fn moving() -> impl DoubleEndedIterator<Item = &'static Self> {
        TABLES.iter().filter(|table| table.stays == Stays::Nothing)
    }
}

impl Tx<'_> {
    /// The first table that has a row which would be in the way of rows that move in.
    pub fn find_occupied_table(&mut self) -> Result<Option<&'static Table>, DbError> {
        for table in Table::moving() {
            let sql = format!("SELECT 1 FROM {} LIMIT 1", table.quoted_name());
            if self.row(&sql, &[], |_| Ok(()))?.is_some() {
                return Ok(Some(table));
            }
        }
        Ok(None)
    }
}
