//! A connection for single look-ups.
//!
//! Look-ups that are requested at the same time are sent together, and the runtime that wants them
//! reads their answers: no thread is woken for each. A lane never retries. Without a connection, or
//! after any failure, the look-up goes to the worker threads, which retry and report errors
//! properly.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::time::timeout;
use tokio_postgres::{Client, Error, Row, Statement};

use super::address::Address;
use super::session::parameters;
use super::settings::PLANS;
use crate::value::Value;

pub(super) struct Lane {
    address: Address,
    state: Mutex<State>,
}

enum State {
    Closed { since: Option<Instant> },
    Opening,
    Open(Arc<Way>),
}

/// One connection and the statements that it knows.
struct Way {
    client: Client,
    statements: Mutex<HashMap<&'static str, Statement>>,
}

/// A point read takes less than a millisecond. If one takes this long, the others do not wait
/// behind it.
const ANSWER_MAX: Duration = Duration::from_secs(2);

/// Pause between attempts to connect.
const PAUSE: Duration = Duration::from_secs(1);

impl Lane {
    pub(super) fn new(address: Address) -> Self {
        Self { address, state: Mutex::new(State::Closed { since: None }) }
    }

    /// The rows of the statement, as they are now. `None` if the lane has no connection.
    pub(super) async fn rows(
        self: &Arc<Self>,
        sql: &'static str,
        args: &[Value<'_>],
    ) -> Option<Vec<Row>> {
        let way = self.way()?;
        let Ok(Ok(rows)) = timeout(ANSWER_MAX, way.rows(sql, args)).await else {
            self.leave(&way);
            return None;
        };
        Some(rows)
    }

    /// The connection. If there is none, one is opened for later callers.
    fn way(self: &Arc<Self>) -> Option<Arc<Way>> {
        let mut state = self.state();
        match &*state {
            State::Open(way) if !way.client.is_closed() => return Some(way.clone()),
            State::Opening => return None,
            State::Closed { since: Some(since) } if since.elapsed() < PAUSE => return None,
            State::Open(_) | State::Closed { .. } => {}
        }
        let runtime = Handle::try_current().ok()?;
        *state = State::Opening;
        let opening = Opening(self.clone());
        // It ends by itself, and leaves a state behind whatever happens to it.
        drop(runtime.spawn(async move {
            let way = Way::open(&opening.0.address).await;
            if let Ok(way) = way {
                *opening.0.state() = State::Open(Arc::new(way));
            }
        }));
        None
    }

    fn leave(&self, left: &Arc<Way>) {
        let mut state = self.state();
        if matches!(&*state, State::Open(way) if Arc::ptr_eq(way, left)) {
            *state = State::Closed { since: Some(Instant::now()) };
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An attempt to connect. One that did not succeed, or was dropped with its runtime, leaves the
/// lane closed.
struct Opening(Arc<Lane>);

impl Drop for Opening {
    fn drop(&mut self) {
        let mut state = self.0.state();
        if matches!(*state, State::Opening) {
            *state = State::Closed { since: Some(Instant::now()) };
        }
    }
}

impl Way {
    async fn open(address: &Address) -> Result<Self, Error> {
        let (client, driver) = address.config.connect(address.tls.clone()).await?;
        // It ends with the client or the connection. The client reports the same errors.
        drop(Handle::current().spawn(driver));
        client.batch_execute(&settings()).await?;
        // A merely compatible engine may not know these settings.
        client.batch_execute(PLANS).await.ok();
        Ok(Self { client, statements: Mutex::default() })
    }

    async fn rows(&self, sql: &'static str, args: &[Value<'_>]) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql).await?;
        self.client.query(&statement, &parameters(args)).await
    }

    /// The statement, prepared at its first use; twice, if there are two first uses at once.
    async fn statement(&self, sql: &'static str) -> Result<Statement, Error> {
        let known = |way: &Self| {
            way.statements.lock().unwrap_or_else(PoisonError::into_inner).get(sql).cloned()
        };
        if let Some(statement) = known(self) {
            return Ok(statement);
        }
        let statement = self.client.prepare(sql).await?;
        let mut statements = self.statements.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(statements.entry(sql).or_insert(statement).clone())
    }
}

/// A statement is a transaction by itself, and sees everything committed before it began.
fn settings() -> String {
    format!(
        "SET statement_timeout = {}; SET default_transaction_isolation = 'read committed';
         SET default_transaction_read_only = on; SET client_min_messages = warning",
        ANSWER_MAX.as_millis(),
    )
}

#[cfg(test)]
mod tests {
    use stand_ins::Postgres;

    use super::*;
    use crate::value::args;

    const ONE: &str = "SELECT $1::bigint";

    /// Asks until there is a way, as long as a restart may take.
    async fn answer(lane: &Arc<Lane>) -> i64 {
        let began = Instant::now();
        loop {
            if let Some(rows) = lane.rows(ONE, args![7_i64]).await {
                return rows[0].get(0);
            }
            assert!(began.elapsed() < Duration::from_secs(20), "there is no way");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    #[tokio::test]
    async fn a_lane_opens_by_itself_and_again_after_a_restart_and_nothing_waits_meanwhile() {
        if Postgres::shared().is_none() {
            return;
        }
        let server = Postgres::start().unwrap();
        let lane = Arc::new(Lane::new(Address::parse(&server.database().url()).unwrap()));
        assert!(lane.rows(ONE, args![7_i64]).await.is_none(), "it is being opened");
        assert_eq!(answer(&lane).await, 7);
        server.stop();
        for _ in 0..3 {
            let asked = Instant::now();
            assert!(lane.rows(ONE, args![7_i64]).await.is_none());
            assert!(asked.elapsed() < ANSWER_MAX * 2, "{:?}", asked.elapsed());
        }
        server.start_again();
        assert_eq!(answer(&lane).await, 7);
    }

    #[tokio::test]
    async fn a_lane_is_left_after_a_failure_and_writes_nothing() {
        let Some(server) = Postgres::shared() else { return };
        let lane = Arc::new(Lane::new(Address::parse(&server.database().url()).unwrap()));
        for wrong in ["CREATE TABLE harm (id bigint)", "SELECT 1 / 0", "no words"] {
            assert_eq!(answer(&lane).await, 7);
            assert!(lane.rows(wrong, &[]).await.is_none(), "{wrong}");
            assert!(lane.way().is_none(), "{wrong}");
        }
        assert_eq!(answer(&lane).await, 7);
    }

    #[test]
    fn a_lane_survives_the_runtime_that_opened_it() {
        let Some(server) = Postgres::shared() else { return };
        let lane = Arc::new(Lane::new(Address::parse(&server.database().url()).unwrap()));
        for _ in 0..3 {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            assert_eq!(runtime.block_on(answer(&lane)), 7);
            runtime.block_on(async { lane.leave(&lane.way().unwrap()) });
            let begun = runtime.block_on(async { lane.rows(ONE, args![7_i64]).await });
            assert!(begun.is_none());
        }
    }
}
