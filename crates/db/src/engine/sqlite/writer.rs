//! The one thread that writes, and the queue in front of it.
//!
//! Waiting closures run one after the other, each in its own savepoint, and one shared commit makes
//! them durable. A commit is a sync of the disk; sharing it makes the safe setting as fast as the
//! unsafe one. A closure that fails is rolled back alone. If the commit fails, all fail.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};

use super::run::run;
use crate::engine::Faults;
use crate::engine::queued::{Job, Queued};
use crate::tx::Access;
use crate::{DbError, Tx};

/// Closures that share a commit at most: bounds how long the first of them waits.
const BATCH_MAX: usize = 512;

/// After this many rows no closure is added to a commit: a long one must not delay all those before
/// it.
const BATCH_ROWS_MAX: u64 = 2_000;

/// How many closures may wait before senders are slowed down. Senders wait for a place without
/// blocking a thread.
const QUEUE_MAX: usize = 4096;

pub(super) struct Writer {
    queue: Option<Sender<Box<dyn Queued>>>,
    places: Arc<Semaphore>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, faults: Arc<Faults>) -> Self {
        let (queue, waiting) = channel();
        let thread = std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || serve(&connection, &waiting, &faults))
            .expect("the system can start one thread");
        let places = Arc::new(Semaphore::new(QUEUE_MAX));
        Self { queue: Some(queue), places, thread: Some(thread) }
    }

    pub(super) async fn run<T, E, F>(&self, mut body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|_| DbError::Closed)?;
        let (reply, answer) = oneshot::channel();
        // The place belongs to the closure, whether or not its caller stays.
        let placed = move |tx: &mut Tx<'_>| {
            debug_assert_eq!(place.num_permits(), 1, "it is given back when the closure goes");
            body(tx)
        };
        let job = Box::new(Job::new(placed, reply));
        let queue = self.queue.as_ref().expect("the queue is there until drop");
        queue.send(job).map_err(|_| DbError::Closed)?;
        answer.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // The thread ends once the queue is empty; it holds nothing that a panic could spoil.
            drop(thread.join());
        }
    }
}

fn serve(connection: &Connection, waiting: &Receiver<Box<dyn Queued>>, faults: &Faults) {
    while let Ok(first) = waiting.recv() {
        let mut batch = vec![first];
        let committed = transact(connection, waiting, &mut batch, faults);
        if committed.is_err() {
            // After a failed commit SQLite may or may not have ended the transaction.
            drop(connection.execute_batch("ROLLBACK"));
        }
        for job in batch {
            job.answer(&committed);
        }
    }
}

fn transact(
    connection: &Connection,
    waiting: &Receiver<Box<dyn Queued>>,
    batch: &mut Vec<Box<dyn Queued>>,
    faults: &Faults,
) -> Result<(), DbError> {
    run(connection, "BEGIN IMMEDIATE", "begin a transaction")?;
    let rows_before = connection.total_changes();
    let mut at = 0;
    while at < batch.len() {
        run(connection, "SAVEPOINT one", "begin a savepoint")?;
        let keep = batch[at].run(&mut Tx::sqlite(connection, Access::Write));
        if !keep {
            run(connection, "ROLLBACK TO one", "undo a savepoint")?;
        }
        run(connection, "RELEASE one", "end a savepoint")?;
        at += 1;
        if at < BATCH_MAX
            && connection.total_changes() - rows_before < BATCH_ROWS_MAX
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
    }
    if let Some(fault) = faults.strike_commit() {
        return Err(fault);
    }
    run(connection, "COMMIT", "commit")
}
