use rusqlite::Connection;

use crate::engine::postgres::Session;
use crate::value::{Row, Value};
use crate::{DbError, Lookup};

/// One transaction: the only way to a row. The files of `rows/` add the statements.
pub struct Tx<'a> {
    engine: Engine<'a>,
    access: Access,
}

/// The connection that the transaction is on.
enum Engine<'a> {
    Sqlite(&'a Connection),
    Postgres(&'a mut Session),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    /// One statement that takes rows and skips rows that others are taking, each in its current
    /// state.
    Take,
}

/// No statement has more parameters than this.
const PARAMETERS: [&str; 24] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
    "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24",
];

/// How many keys a statement names: few different numbers, so that each is prepared once.
const KEYS_AT_ONCE: [usize; 3] = [1, 16, 256];

impl<'a> Tx<'a> {
    pub(crate) fn sqlite(connection: &'a Connection, access: Access) -> Self {
        Self { engine: Engine::Sqlite(connection), access }
    }

    pub(crate) fn postgres(session: &'a mut Session, access: Access) -> Self {
        Self { engine: Engine::Postgres(session), access }
    }

    /// Is the database another program's, which several nodes share?
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// The end of a query that skips rows which another transaction is taking. Empty on SQLite,
    /// which has one writer.
    pub(crate) fn skip_taken(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => "",
            Engine::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        }
    }

    /// Runs a statement that changes rows. Returns how many.
    pub(crate) fn execute(&mut self, sql: &str, args: &[Value<'_>]) -> Result<usize, DbError> {
        if self.access == Access::Read {
            return Err(DbError::ReadOnly);
        }
        require_texts(args)?;
        #[cfg(test)]
        crate::plans::note(sql);
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut statement = prepare(connection, sql, args)?;
                statement.raw_execute().map_err(DbError::engine("change rows"))
            }
            Engine::Postgres(session) => session.execute(sql, args),
        }
    }

    /// Runs a statement that changes rows, without asking how many. On PostgreSQL it travels with
    /// the next statement that is waited for, or with the commit, which reports its errors.
    pub(crate) fn send(&mut self, sql: &str, args: &[Value<'_>]) -> Result<(), DbError> {
        if self.access == Access::Read {
            return Err(DbError::ReadOnly);
        }
        match &mut self.engine {
            Engine::Sqlite(_) => self.execute(sql, args).map(drop),
            Engine::Postgres(session) => {
                require_texts(args)?;
                session.send(sql, args)
            }
        }
    }

    /// Asks one statement with each of these parameters; answers with the first row of each. On
    /// PostgreSQL all of them travel together.
    pub(crate) fn row_of_each<T>(
        &mut self,
        sql: &str,
        each: &[&[Value<'_>]],
        read: impl Fn(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<Option<T>>, DbError> {
        let answers = self.rows_of_each(sql, each, read)?;
        Ok(answers.into_iter().map(|rows| rows.into_iter().next()).collect())
    }

    /// The same, and answers with all rows of each.
    pub(crate) fn rows_of_each<T>(
        &mut self,
        sql: &str,
        each: &[&[Value<'_>]],
        read: impl Fn(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<Vec<T>>, DbError> {
        if each.is_empty() {
            return Ok(Vec::new());
        }
        match &mut self.engine {
            Engine::Sqlite(_) => each.iter().map(|args| self.rows(sql, args, &read)).collect(),
            Engine::Postgres(session) => {
                each.iter().try_for_each(|args| require_texts(args))?;
                let answers = session.rows_of_each(sql, each)?;
                let all =
                    |rows: &Vec<_>| rows.iter().map(|row| read(&Row::Postgres(row))).collect();
                answers.iter().map(all).collect()
            }
        }
    }

    /// Runs a statement that changes rows and has any number of parameters, which stand in it in
    /// their order.
    pub(crate) fn execute_in_order(
        &mut self,
        sql: &str,
        args: &[Value<'_>],
    ) -> Result<usize, DbError> {
        if self.access == Access::Read {
            return Err(DbError::ReadOnly);
        }
        require_texts(args)?;
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut statement = cached(connection, sql)?;
                for (at, value) in (1..).zip(args) {
                    statement
                        .raw_bind_parameter(at, value)
                        .map_err(DbError::engine("bind a value"))?;
                }
                statement.raw_execute().map_err(DbError::engine("change rows"))
            }
            Engine::Postgres(session) => session.execute(sql, args),
        }
    }

    /// Asks one statement about many keys, some hundred at a time, and reads each row of the
    /// answers, which come in no order. `sql` puts a list of parameters where a key is compared
    /// `IN (…)`. A row costs less than if it were asked for alone.
    pub(crate) fn rows_among<T>(
        &mut self,
        sql: impl Fn(&str) -> String,
        keys: &[i64],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut found = Vec::new();
        for some in keys.chunks(KEYS_AT_ONCE[KEYS_AT_ONCE.len() - 1]) {
            let count = KEYS_AT_ONCE.into_iter().find(|count| *count >= some.len());
            let count = count.unwrap_or(some.len());
            // A key that is named again is not found again.
            let named = some.iter().chain(some.last().into_iter().cycle()).take(count);
            let named: Vec<Value<'_>> = named.map(|key| Value::Int(*key)).collect();
            let places: Vec<String> = (1..=count).map(|place| format!("${place}")).collect();
            found.extend(self.rows_in_order(&sql(&places.join(", ")), &named, &mut read)?);
        }
        Ok(found)
    }

    /// Runs a statement that answers with rows and has any number of parameters, which stand in it
    /// in their order.
    fn rows_in_order<T>(
        &mut self,
        sql: &str,
        args: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        #[cfg(test)]
        crate::plans::note(sql);
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut statement = cached(connection, sql)?;
                for (at, value) in (1..).zip(args) {
                    statement
                        .raw_bind_parameter(at, value)
                        .map_err(DbError::engine("bind a value"))?;
                }
                every_row(&mut statement.raw_query(), &mut read)
            }
            Engine::Postgres(session) => {
                session.rows(sql, args)?.iter().map(|row| read(&Row::Postgres(row))).collect()
            }
        }
    }

    /// The one of two spellings that this engine understands.
    pub(crate) fn spelled<'s>(&self, sqlite: &'s str, postgres: &'s str) -> &'s str {
        match &self.engine {
            Engine::Sqlite(_) => sqlite,
            Engine::Postgres(_) => postgres,
        }
    }

    /// Runs a statement that answers with rows, and reads each.
    pub(crate) fn rows<T>(
        &mut self,
        sql: &str,
        args: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        require_texts(args)?;
        #[cfg(test)]
        crate::plans::note(sql);
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut statement = prepare(connection, sql, args)?;
                every_row(&mut statement.raw_query(), &mut read)
            }
            Engine::Postgres(session) => {
                session.rows(sql, args)?.iter().map(|row| read(&Row::Postgres(row))).collect()
            }
        }
    }

    /// Looks one thing up, as everything else in this transaction sees it.
    pub fn look_up<T>(&mut self, lookup: &Lookup<'_, T>) -> Result<Option<T>, DbError> {
        self.row(lookup.sql, &lookup.args, lookup.read)
    }

    /// Runs a statement that answers with one row or none.
    pub(crate) fn row<T>(
        &mut self,
        sql: &str,
        args: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        require_texts(args)?;
        #[cfg(test)]
        crate::plans::note(sql);
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut statement = prepare(connection, sql, args)?;
                let mut rows = statement.raw_query();
                let found = match rows.next().map_err(DbError::engine("read a row"))? {
                    Some(row) => Some(read(&Row::Sqlite(row))?),
                    None => None,
                };
                // An INSERT … RETURNING is finished only when it has been stepped to its end.
                while rows.next().map_err(DbError::engine("read a row"))?.is_some() {}
                Ok(found)
            }
            Engine::Postgres(session) => {
                session.rows(sql, args)?.first().map(|row| read(&Row::Postgres(row))).transpose()
            }
        }
    }
}

fn every_row<T>(
    rows: &mut rusqlite::Rows<'_>,
    read: &mut impl FnMut(&Row<'_>) -> Result<T, DbError>,
) -> Result<Vec<T>, DbError> {
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(DbError::engine("read rows"))? {
        found.push(read(&Row::Sqlite(row))?);
    }
    Ok(found)
}

/// The same on both engines, so that what one has kept the other can take over.
pub(crate) fn require_texts(args: &[Value<'_>]) -> Result<(), DbError> {
    let holds_zero_byte =
        |value: &Value<'_>| matches!(value, Value::Text(text) if text.as_bytes().contains(&0));
    if args.iter().any(holds_zero_byte) { Err(DbError::ZeroByte) } else { Ok(()) }
}

fn cached<'a>(
    connection: &'a Connection,
    sql: &str,
) -> Result<rusqlite::CachedStatement<'a>, DbError> {
    #[cfg(feature = "testing")]
    crate::testing::require_index(connection, sql);
    connection.prepare_cached(sql).map_err(DbError::engine("prepare a statement"))
}

fn prepare<'a>(
    connection: &'a Connection,
    sql: &str,
    args: &[Value<'_>],
) -> Result<rusqlite::CachedStatement<'a>, DbError> {
    let mut statement = cached(connection, sql)?;
    for (name, value) in PARAMETERS.iter().zip(args) {
        // SQLite numbers `$1` by where it first stands in the text, so it is bound by name.
        let at = statement
            .parameter_index(name)
            .map_err(DbError::engine("name a parameter"))?
            .expect("every argument stands in the statement");
        statement.raw_bind_parameter(at, value).map_err(DbError::engine("bind a value"))?;
    }
    Ok(statement)
}
