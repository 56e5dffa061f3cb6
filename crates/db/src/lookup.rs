use std::fmt;

use crate::DbError;
use crate::value::{Row, Value};

/// One statement that returns one row or none, and how the row is read: the question of a pull.
/// [`crate::Db::look_up`] runs it alone, [`crate::Tx::look_up`] within a transaction.
pub struct Lookup<'a, T> {
    pub(crate) sql: &'static str,
    pub(crate) args: Vec<Value<'a>>,
    pub(crate) read: fn(&Row<'_>) -> Result<T, DbError>,
}

impl<T> fmt::Debug for Lookup<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sql, args, read: _ } = self;
        out.debug_struct("Lookup").field("sql", sql).field("args", args).finish()
    }
}
