//! One PostgreSQL connection, the transaction on it, and its prepared statements.
//!
//! # Invariants
//! * A transaction whose `commit` returned `Ok` is on disk, even if the server's default is an
//!   asynchronous commit.
//! * `commit` tells apart two failures. After `Uncommitted::Undone` the server has kept nothing, so
//!   the transaction may run again. After `Uncommitted::Unknown` it may have been committed, so it
//!   must not run again.
//! * After a failed statement the transaction can only be rolled back, and every further call
//!   returns the same error.
//! * Every wait for the server ends: after the statement timeout plus a few seconds.
//! * Statements whose answer is not needed (`send`) travel with the next statement or with the
//!   commit, in order. The first that fails decides the result.
//!
//! # Who calls
//! `workers`, for transactions and snapshots; `migrate`, `hints` and `census`. Each session belongs
//! to one thread, which drives the session's runtime while it waits.
//!
//! # On a crash
//! The server rolls back the open transaction. If the connection stays open but its node is paused,
//! the server does so after `IDLE_IN_TRANSACTION_MAX`. `Cure` says whether to run the transaction
//! again, and whether on a new connection. A session whose connection broke is dropped.

mod commit;
#[cfg(test)]
mod explain;

use std::cell::Cell;
use std::collections::HashMap;
use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Row, Statement};

use super::address::Address;
use super::cure::Cure;
use super::settings::{DURABLE, PLANS, beginning, settings};
use crate::tx::Access;
use crate::value::{Kept, Value};
use crate::{DbError, EngineError};

pub(super) use self::commit::Uncommitted;

/// One connection, the transaction on it, and its prepared statements.
///
/// It has its own runtime, which runs only while its thread waits for an answer. So the calling
/// thread reads the socket itself, and closures stay synchronous.
pub(crate) struct Session {
    runtime: Runtime,
    client: Client,
    statements: HashMap<String, Statement>,
    patience: Duration,
    transaction: Transaction,
    /// Changes that travel with the next statement.
    unsent: Vec<Change>,
    /// How often the session waited for the server.
    waits: Cell<u64>,
}

/// A statement whose answer is not waited for.
struct Change {
    sql: String,
    args: Vec<Kept>,
}

/// The state of the transaction.
enum Transaction {
    None,
    /// It begins with the first statement.
    Due(Access),
    Begun,
    /// A statement failed. The server accepts only the end of the transaction.
    Failed(DbError),
}

/// The most changes that travel together. It bounds their memory, and how late a failure is
/// noticed.
const UNSENT_MAX: usize = 24;

/// How much longer than the server's own limit we wait for the server to enforce it.
const SERVER_LATE_MAX: Duration = Duration::from_secs(5);

impl Session {
    /// Connects. `patience` is the limit for a statement.
    pub(super) fn connect(address: &Address, patience: Duration) -> Result<Self, DbError> {
        const DOING: &str = "connect";
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(DbError::engine(DOING))?;
        let connected = runtime.block_on(address.config.connect(address.tls.clone()));
        let (client, driver) = connected.map_err(DbError::engine(DOING))?;
        // It ends with the client or the connection. The client reports the same errors.
        drop(runtime.spawn(driver));
        let session = Self {
            runtime,
            client,
            statements: HashMap::new(),
            patience,
            transaction: Transaction::None,
            unsent: Vec::new(),
            waits: Cell::new(0),
        };
        session.batch(&settings(patience), "set up a connection")?;
        // A merely compatible engine may not know these settings, because it plans differently.
        if let Err(error) = session.batch(PLANS, "set up a connection")
            && Cure::of(&error) != Cure::Nothing
        {
            return Err(error);
        }
        session.batch(DURABLE, "set up a connection")?;
        Ok(session)
    }

    /// The same, for one long read that uses its rows as they come, and so may pause between
    /// statements.
    pub(super) fn connect_patiently(
        address: &Address,
        patience: Duration,
    ) -> Result<Self, DbError> {
        let session = Self::connect(address, patience)?;
        session.batch("SET idle_in_transaction_session_timeout = 0", "set up a connection")?;
        Ok(session)
    }

    /// Begins a transaction. Nothing is sent before the first statement.
    pub(crate) fn begin(&mut self, access: Access) {
        self.transaction = Transaction::Due(access);
        self.unsent.clear();
    }

    /// How often the session waited for the server since the last call of this function.
    pub(super) fn take_waits(&self) -> u64 {
        self.waits.take()
    }

    /// The failure of this transaction, if there was one.
    pub(super) fn failure(&self) -> Option<&DbError> {
        match &self.transaction {
            Transaction::Failed(error) => Some(error),
            Transaction::None | Transaction::Due(_) | Transaction::Begun => None,
        }
    }

    /// Queues a statement that is sent with the next waited-for statement, or with the commit, and
    /// runs before it. It costs no separate wait. If it fails, the next statement fails.
    pub(crate) fn send(&mut self, sql: &str, args: &[Value<'_>]) -> Result<(), DbError> {
        if let Some(error) = self.failure() {
            return Err(error.clone());
        }
        let args = args.iter().map(Kept::from).collect();
        self.unsent.push(Change { sql: sql.to_owned(), args });
        if self.unsent.len() < UNSENT_MAX {
            return Ok(());
        }
        // We wait for the last of them.
        let Change { sql, args } = self.unsent.pop().expect("there are some");
        let args: Vec<_> = args.iter().map(Kept::value).collect();
        self.execute(&sql, &args).map(drop)
    }

    pub(crate) fn execute(&mut self, sql: &str, args: &[Value<'_>]) -> Result<usize, DbError> {
        let args = parameters(args);
        let changed = self.run(sql, "change rows", async |client, statement| {
            client.execute(statement, &args).await
        })?;
        Ok(usize::try_from(changed).expect("rows are counted in less than 64 bits"))
    }

    pub(crate) fn rows(&mut self, sql: &str, args: &[Value<'_>]) -> Result<Vec<Row>, DbError> {
        let args = parameters(args);
        self.run(sql, "read rows", async |client, statement| client.query(statement, &args).await)
    }

    /// Runs statements without parameters, unprepared.
    pub(crate) fn batch(&self, sql: &str, doing: &'static str) -> Result<(), DbError> {
        self.wait(self.client.batch_execute(sql)).map_err(DbError::engine(doing))
    }

    /// Runs one statement once for each set of parameters, in one round trip. Returns the rows of
    /// each.
    pub(crate) fn rows_of_each(
        &mut self,
        sql: &str,
        each: &[&[Value<'_>]],
    ) -> Result<Vec<Vec<Row>>, DbError> {
        self.run(sql, "read rows", async |client, statement| {
            let asking = each.iter().map(async |args| {
                let args = parameters(args);
                client.query(statement, &args).await
            });
            join_all(asking).await.into_iter().collect()
        })
    }

    fn run<T>(
        &mut self,
        sql: &str,
        doing: &'static str,
        work: impl AsyncFnOnce(&Client, &Statement) -> Result<T, Error>,
    ) -> Result<T, DbError> {
        if let Some(error) = self.failure() {
            return Err(error.clone());
        }
        let answer = self.ask(sql, doing, work);
        answer.inspect_err(|error| self.transaction = Transaction::Failed(error.clone()))
    }

    fn ask<T>(
        &mut self,
        sql: &str,
        doing: &'static str,
        work: impl AsyncFnOnce(&Client, &Statement) -> Result<T, Error>,
    ) -> Result<T, DbError> {
        let unsent = std::mem::take(&mut self.unsent);
        let statement = self.statement(sql)?;
        let statements = self.statements_of(&unsent)?;
        let opening = self.open_transaction(&unsent, sql.starts_with("SELECT"))?;
        // Each is sent when first polled, and `join` polls in this order.
        let answer = self.wait(async {
            let opening = async {
                match opening {
                    Some(begin) => self.client.batch_execute(begin).await,
                    None => Ok(()),
                }
            };
            let sending = sending(&self.client, &unsent, &statements);
            let asking = work(&self.client, &statement);
            let ((opened, sent), answer) = join(join(opening, sending), asking).await;
            Ok((opened, sent, answer))
        });
        // The first failure is the cause of the others.
        let (opened, sent, answer) = answer.map_err(DbError::engine(doing))?;
        opened.map_err(DbError::engine("begin a transaction"))?;
        sent.map_err(DbError::engine("change rows"))?;
        answer.map_err(DbError::engine(doing))
    }

    /// Begins the transaction if that is due, or returns the statement that begins it, if that may
    /// travel with the first statement. If `BEGIN` then fails, the first statement would run
    /// outside of a transaction, so only reads may travel with it.
    fn open_transaction(
        &mut self,
        unsent: &[Change],
        only_reads: bool,
    ) -> Result<Option<&'static str>, DbError> {
        let Transaction::Due(access) = self.transaction else { return Ok(None) };
        self.transaction = Transaction::Begun;
        let begin = beginning(access);
        if access == Access::Read || (only_reads && unsent.is_empty()) {
            return Ok(Some(begin));
        }
        self.batch(begin, "begin a transaction").map(|()| None)
    }

    fn statements_of(&mut self, changes: &[Change]) -> Result<Vec<Statement>, DbError> {
        changes.iter().map(|change| self.statement(&change.sql)).collect()
    }

    /// The statement, prepared once for each connection.
    fn statement(&mut self, sql: &str) -> Result<Statement, DbError> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let preparing = self.wait(self.client.prepare(sql));
        let statement = preparing.map_err(DbError::engine("prepare a statement"))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn wait<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, EngineError> {
        self.waits.set(self.waits.get() + 1);
        let most = self.patience.saturating_add(SERVER_LATE_MAX);
        match self.runtime.block_on(async { timeout(most, work).await }) {
            Ok(answer) => answer.map_err(EngineError::Postgres),
            Err(_) => Err(EngineError::Silent { seconds: most.as_secs() }),
        }
    }
}

/// Runs changes in order. Returns the error of the first that failed.
async fn sending(
    client: &Client,
    changes: &[Change],
    statements: &[Statement],
) -> Result<(), Error> {
    let sending = changes.iter().zip(statements).map(async |(change, statement)| {
        let args: Vec<_> = change.args.iter().map(Kept::value).collect();
        client.execute(statement, &parameters(&args)).await
    });
    let sent: Result<Vec<u64>, Error> = join_all(sending).await.into_iter().collect();
    sent.map(drop)
}

pub(super) fn parameters<'a>(args: &'a [Value<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    args.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
