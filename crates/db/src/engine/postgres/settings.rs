//! The settings of every connection.

use std::time::Duration;

use crate::tx::Access;

/// A request's statement that takes longer is stuck, or reads too much.
pub(super) const STATEMENT_MAX: Duration = Duration::from_secs(30);

/// The longest time that a node paused between two statements can hold up others.
const IDLE_IN_TRANSACTION_MAX: Duration = Duration::from_secs(30);

/// A read sees one moment, and never has to run again because of another transaction.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/// A row that another transaction has changed is read again; the transaction need not run again.
const TAKE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

pub(super) fn beginning(access: Access) -> &'static str {
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
pub(super) const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'";

pub(super) fn settings(patience: Duration) -> String {
    format!(
        "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {};
         SET client_min_messages = warning",
        patience.as_millis(),
        IDLE_IN_TRANSACTION_MAX.as_millis(),
    )
}
