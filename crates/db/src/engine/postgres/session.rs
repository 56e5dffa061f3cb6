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

use std::cell::Cell;
use std::collections::HashMap;
use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Row, Statement};

use super::address::Address;
use crate::tx::Access;
use crate::value::{Kept, Value};
use crate::{DbError, EngineError};

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

/// How a commit failed.
#[derive(Debug)]
pub(super) enum Uncommitted {
    /// The server has kept nothing.
    Undone(DbError),
    /// The transaction may or may not be committed.
    Unknown(DbError),
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

/// What to do after a failure.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cure {
    /// A conflict with another transaction: run this one again.
    Again,
    /// The connection is unusable: run the transaction again on a new one.
    Reconnect,
    /// It would fail again.
    Nothing,
}

/// A request's statement that takes longer is stuck, or reads too much.
pub(super) const STATEMENT_MAX: Duration = Duration::from_secs(30);

/// The most changes that travel together. It bounds their memory, and how late a failure is
/// noticed.
const UNSENT_MAX: usize = 24;

/// How much longer than the server's own limit we wait for the server to enforce it.
const SERVER_LATE_MAX: Duration = Duration::from_secs(5);

/// The longest time that a node paused between two statements can hold up others.
const IDLE_IN_TRANSACTION_MAX: Duration = Duration::from_secs(30);

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

    /// Commits. If the connection breaks before the answer, the outcome is unknown.
    pub(super) fn commit(&mut self) -> Result<(), Uncommitted> {
        let unsent = std::mem::take(&mut self.unsent);
        let mut statements = Vec::new();
        if !unsent.is_empty() && self.failure().is_none() {
            statements = self.statements_of(&unsent).map_err(Uncommitted::Undone)?;
            self.open_transaction(&unsent, false).map_err(Uncommitted::Undone)?;
        }
        match std::mem::replace(&mut self.transaction, Transaction::None) {
            Transaction::None | Transaction::Due(_) => Ok(()),
            Transaction::Begun => self.send_and_commit(&unsent, &statements),
            Transaction::Failed(error) => {
                self.batch("ROLLBACK", "undo a transaction").map_err(Uncommitted::Unknown)?;
                Err(Uncommitted::Undone(error))
            }
        }
    }

    /// If a change fails, the server answers the commit by rolling back.
    fn send_and_commit(
        &self,
        unsent: &[Change],
        statements: &[Statement],
    ) -> Result<(), Uncommitted> {
        let ended = self.wait(async {
            let sending = sending(&self.client, unsent, statements);
            let (sent, committed) = join(sending, self.client.batch_execute("COMMIT")).await;
            Ok((sent, committed))
        });
        let (sent, committed) =
            ended.map_err(DbError::engine("commit")).map_err(Uncommitted::Unknown)?;
        if let Err(error) = sent {
            let is_told = error.code().is_some();
            let error = DbError::engine("change rows")(error);
            return Err(if is_told {
                Uncommitted::Undone(error)
            } else {
                Uncommitted::Unknown(error)
            });
        }
        committed.map_err(DbError::engine("commit")).map_err(|error: DbError| {
            if Cure::of(&error) == Cure::Again {
                Uncommitted::Undone(error)
            } else {
                Uncommitted::Unknown(error)
            }
        })
    }

    /// Rolls back the transaction.
    pub(crate) fn roll_back(&mut self) -> Result<(), DbError> {
        self.unsent.clear();
        match std::mem::replace(&mut self.transaction, Transaction::None) {
            Transaction::None | Transaction::Due(_) => Ok(()),
            Transaction::Begun | Transaction::Failed(_) => {
                self.batch("ROLLBACK", "undo a transaction")
            }
        }
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
            // The first failure is the cause of the others.
            opened.and(sent).and(answer)
        });
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

/// A read sees one moment, and never has to run again because of another transaction.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/// A row that another transaction has changed is read again; the transaction need not run again.
const TAKE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

fn beginning(access: Access) -> &'static str {
    match access {
        Access::Read => READ,
        Access::Write => WRITE,
        Access::Take => TAKE,
    }
}

/// Each statement has one good plan, through an index and in the index's order, and tests check it.
/// The planner would prefer to scan a small table, but a scan conflicts with every writer of the
/// table. Starting parallel workers takes longer than any statement of a request.
pub(super) const PLANS: &str = "SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;
    SET enable_sort = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
    SET max_parallel_workers_per_gather = 0";

/// An answered commit is on disk, whatever the server's default. A stricter setting is kept.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'";

fn settings(patience: Duration) -> String {
    format!(
        "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {};
         SET client_min_messages = warning",
        patience.as_millis(),
        IDLE_IN_TRANSACTION_MAX.as_millis(),
    )
}

impl Cure {
    /// What to do after `error`, unless it happened during a commit.
    pub(super) fn of(error: &DbError) -> Self {
        let DbError::Engine { source, .. } = error else { return Self::Nothing };
        let EngineError::Postgres(error) = &**source else { return Self::Reconnect };
        let Some(code) = error.code() else {
            return if is_of_the_way(error) { Self::Reconnect } else { Self::Nothing };
        };
        match code {
            &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => Self::Again,
            // The server is stopping, starting, full for now, or a standby; or it has lost a
            // prepared statement, or the schema has changed under one.
            &SqlState::ADMIN_SHUTDOWN
            | &SqlState::CRASH_SHUTDOWN
            | &SqlState::CANNOT_CONNECT_NOW
            | &SqlState::TOO_MANY_CONNECTIONS
            | &SqlState::READ_ONLY_SQL_TRANSACTION
            | &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
            | &SqlState::INVALID_SQL_STATEMENT_NAME
            | &SqlState::FEATURE_NOT_SUPPORTED => Self::Reconnect,
            code if code.code().starts_with("08") => Self::Reconnect,
            _ => Self::Nothing,
        }
    }
}

/// Whether the error came from the connection, and not from the server or from encoding a value.
fn is_of_the_way(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.is::<std::io::Error>() {
            return true;
        }
        cause = error.source();
    }
    error.is_closed() || error.to_string().starts_with("error connecting")
}

#[cfg(test)]
impl Session {
    pub(crate) fn open(url: &str) -> Result<Self, DbError> {
        Self::connect(&Address::parse(url)?, STATEMENT_MAX)
    }

    /// The steps of a statement's plan, which does not depend on its parameters.
    pub(crate) fn explain(&self, sql: &str) -> Result<Vec<String>, DbError> {
        const DOING: &str = "explain a statement";
        let statement = self.wait(self.client.prepare(sql)).map_err(DbError::engine(DOING))?;
        let nothing = vec!["NULL"; statement.params().len()].join(", ");
        let arguments = if nothing.is_empty() { nothing } else { format!("({nothing})") };
        self.batch(&format!("PREPARE explained AS {sql}"), DOING)?;
        let explain = format!("EXPLAIN EXECUTE explained {arguments}");
        let plan = self.wait(self.client.simple_query(&explain)).map_err(DbError::engine(DOING))?;
        self.batch("DEALLOCATE explained", DOING)?;
        Ok(plan
            .iter()
            .filter_map(|message| match message {
                tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            })
            .collect())
    }
}
