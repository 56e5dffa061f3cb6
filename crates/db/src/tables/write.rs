use super::{Cell, Table};
use crate::value::Value;
use crate::{DbError, Tx};

/// How many rows one statement writes: as many as possible, to share a round trip, in only a few
/// different statements.
const AT_ONCE: [usize; 3] = [64, 8, 1];

impl Tx<'_> {
    /// Writes rows as they were read. Of keys that are generated, they bring their own.
    pub fn insert_rows(&mut self, table: &Table, rows: &[Vec<Cell>]) -> Result<(), DbError> {
        let values: Vec<Vec<Value<'_>>> =
            rows.iter().map(|row| row.iter().map(Value::from).collect()).collect();
        let into = format!("{} ({})", table.quoted_name(), Table::quoted(table.columns));
        self.insert_all(&into, &values)
    }

    /// Inserts rows into a table with its columns in brackets, many with each statement: a row
    /// takes a fraction of the time of a statement of its own.
    pub(crate) fn insert_all<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        into: &str,
        mut rows: &[R],
    ) -> Result<(), DbError> {
        let Some(width) = rows.first().map(|row| row.as_ref().len()) else { return Ok(()) };
        for at_once in AT_ONCE {
            while let Some((now, later)) = rows.split_at_checked(at_once) {
                let values: Vec<_> = now.iter().flat_map(AsRef::as_ref).copied().collect();
                self.execute_in_order(&insertion(into, width, at_once), &values)?;
                rows = later;
            }
        }
        Ok(())
    }

    /// Deletes all rows that move, and the rows that refer to them; referenced rows last.
    pub fn clear_tables(&mut self) -> Result<(), DbError> {
        for table in Table::moving().rev() {
            let name = table.quoted_name();
            // Without checking each row: there may be millions, and a statement has a time limit.
            let (one_by_one, at_once) =
                (format!("DELETE FROM {name}"), format!("TRUNCATE TABLE {name} CASCADE"));
            let sql = self.spelled(&one_by_one, &at_once).to_owned();
            self.execute(&sql, &[])?;
        }
        Ok(())
    }

    /// Has a table generate keys after `last` only.
    pub fn generate_after(&mut self, table: &Table, last: i64) -> Result<(), DbError> {
        if last <= 0 {
            return Ok(());
        }
        let args = [Value::Text(table.name), Value::Int(last)];
        // SQLite notes the largest key that it has seen in a table without its own key.
        let raise = self.spelled(
            "INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq)
             VALUES ((SELECT rowid FROM sqlite_sequence WHERE name = $1), $1, $2)",
            "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)",
        );
        self.execute(raise, &args).map(drop)
    }
}

fn insertion(into: &str, width: usize, rows: usize) -> String {
    let row = |at: usize| {
        let places: Vec<String> =
            (1..=width).map(|column| format!("${}", at * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO {into} VALUES {}", rows.join(", "))
}
