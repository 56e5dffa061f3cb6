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

/// One connection, the transaction on it, and the statements that it knows.
///
/// It has a runtime of its own that runs only while its thread waits for an answer: the thread that asks is the
/// one that reads the socket, and a closure stays synchronous.
pub(crate) struct Session {
    runtime: Runtime,
    client: Client,
    statements: HashMap<String, Statement>,
    patience: Duration,
    transaction: Transaction,
    /// Changes of the transaction that travel with whatever is asked next.
    unsent: Vec<Change>,
    /// How often it waited for the server.
    waits: Cell<u64>,
}

/// A statement whose answer nobody waits for.
struct Change {
    sql: String,
    args: Vec<Kept>,
}

/// What became of a transaction that could not be committed.
#[derive(Debug)]
pub(super) enum Uncommitted {
    /// The server says that nothing of it is kept.
    Undone(DbError),
    /// Nobody knows.
    Unknown(DbError),
}

/// How far the transaction is.
enum Transaction {
    None,
    /// Nothing was asked yet: it begins with the first statement.
    Due(Access),
    Begun,
    /// A statement failed. The server takes nothing more but the end.
    Failed(DbError),
}

/// What to do after a failure.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cure {
    /// Another transaction was in the way: run this one again.
    Again,
    /// The connection is of no use any more: run it again on another.
    Reconnect,
    /// It would fail again.
    Nothing,
}

/// A statement of a request that takes longer is stuck, or reads what it should not.
pub(super) const STATEMENT_MAX: Duration = Duration::from_secs(30);

/// Changes that travel together at most: what they take in memory is bounded, and so is what a failure is late.
const UNSENT_MAX: usize = 24;

/// So much longer than the server's own limit we wait for the server to keep it.
const SERVER_LATE_MAX: Duration = Duration::from_secs(5);

/// A node that stops between two statements (it is paused, its machine sleeps) holds others up no longer than this.
const IDLE_IN_TRANSACTION_MAX: Duration = Duration::from_secs(30);

impl Session {
    /// Connects. A statement may take as long as `patience`.
    pub(super) fn connect(address: &Address, patience: Duration) -> Result<Self, DbError> {
        const DOING: &str = "connect";
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(DbError::engine(DOING))?;
        let connected = runtime.block_on(address.config.connect(address.tls.clone()));
        let (client, driver) = connected.map_err(DbError::engine(DOING))?;
        // It ends with the client or with the connection; what it has to say, the client says too.
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
        // An engine that is merely compatible may not know these: it has its own idea of a plan.
        if let Err(error) = session.batch(PLANS, "set up a connection")
            && Cure::of(&error) != Cure::Nothing
        {
            return Err(error);
        }
        session.batch(DURABLE, "set up a connection")?;
        Ok(session)
    }

    /// The same, for one long read whose rows are used as they come: it may wait between statements.
    pub(super) fn connect_patiently(
        address: &Address,
        patience: Duration,
    ) -> Result<Self, DbError> {
        let session = Self::connect(address, patience)?;
        session.batch("SET idle_in_transaction_session_timeout = 0", "set up a connection")?;
        Ok(session)
    }

    /// Begins a transaction; nothing is sent before the first statement.
    pub(crate) fn begin(&mut self, access: Access) {
        self.transaction = Transaction::Due(access);
        self.unsent.clear();
    }

    /// Makes the rows of the transaction durable. If the connection breaks meanwhile, nobody knows whether they are.
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

    /// After a change that failed, the server answers the commit by undoing the transaction.
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

    /// Ends the transaction with nothing written.
    pub(crate) fn roll_back(&mut self) -> Result<(), DbError> {
        self.unsent.clear();
        match std::mem::replace(&mut self.transaction, Transaction::None) {
            Transaction::None | Transaction::Due(_) => Ok(()),
            Transaction::Begun | Transaction::Failed(_) => {
                self.batch("ROLLBACK", "undo a transaction")
            }
        }
    }

    /// How often it waited for the server since this was last asked.
    pub(super) fn take_waits(&self) -> u64 {
        self.waits.take()
    }

    /// What failed in this transaction, if anything.
    pub(super) fn failure(&self) -> Option<&DbError> {
        match &self.transaction {
            Transaction::Failed(error) => Some(error),
            Transaction::None | Transaction::Due(_) | Transaction::Begun => None,
        }
    }

    /// Has a statement run before the next that is waited for, or the commit, and on the way there: it costs no wait of its
    /// own. If it fails, so does whatever comes next.
    pub(crate) fn send(&mut self, sql: &str, args: &[Value<'_>]) -> Result<(), DbError> {
        if let Some(error) = self.failure() {
            return Err(error.clone());
        }
        let args = args.iter().map(Kept::from).collect();
        self.unsent.push(Change { sql: sql.to_owned(), args });
        if self.unsent.len() < UNSENT_MAX {
            return Ok(());
        }
        // The last of them is waited for.
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

    /// Runs several statements without parameters, outside of what is prepared.
    pub(crate) fn batch(&self, sql: &str, doing: &'static str) -> Result<(), DbError> {
        self.wait(self.client.batch_execute(sql)).map_err(DbError::engine(doing))
    }

    /// Runs one statement for each of these parameters, all on one way; answers with the rows of each.
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
        // They are sent in this order when they are first polled, which `join` does in this order.
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
            // The first that fails is why the others do.
            opened.and(sent).and(answer)
        });
        answer.map_err(DbError::engine(doing))
    }

    /// Begins the transaction if that is due; or answers with how it begins, if that may travel with what comes first. If it
    /// did not begin after all, what comes first would stand alone: nothing that changes a row may.
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

/// Runs changes in their order; says why the first that failed did.
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

/// A read sees one moment, and never has to be run again for another's sake.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/// A row that somebody changed meanwhile is looked at again, and is no reason to run the whole again.
const TAKE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

fn beginning(access: Access) -> &'static str {
    match access {
        Access::Read => READ,
        Access::Write => WRITE,
        Access::Take => TAKE,
    }
}

/// Each statement has one good plan, through an index and in its order, and the tests hold it to that. The planner would
/// rather scan a table while it is small, and a scan conflicts with every writer of the table. Starting helpers takes longer than
/// any statement of a request.
pub(super) const PLANS: &str = "SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;
    SET enable_sort = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
    SET max_parallel_workers_per_gather = 0";

/// A commit that is answered is on disk, however the server is set up; a setting that asks for more than that is kept.
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
    /// What to do after `error`, if the transaction was not being committed.
    pub(super) fn of(error: &DbError) -> Self {
        let DbError::Engine { source, .. } = error else { return Self::Nothing };
        let EngineError::Postgres(error) = &**source else { return Self::Reconnect };
        let Some(code) = error.code() else {
            return if is_of_the_way(error) { Self::Reconnect } else { Self::Nothing };
        };
        match code {
            &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => Self::Again,
            // The server stops, starts, is full for now, or has become a standby; or it has forgotten, or
            // somebody has changed, what a statement meant.
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

/// Did the server not say this? Then the way to it is broken, unless we could not make a request of a value.
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

    /// The steps of the plan that a statement has, whatever its parameters are.
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
