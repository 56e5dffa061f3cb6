//! The one thread that writes, and the queue before it.
//!
//! Closures that wait are run one after the other, each in a savepoint of its own, and made durable by
//! one shared commit: a commit is a sync of the disk, and sharing it makes the safe setting as fast as
//! the unsafe one. A closure that fails is rolled back alone. If the commit fails, all fail.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::rows::run;
use crate::engine::Faults;
use crate::engine::queued::{Job, Queued};
use crate::tx::Access;
use crate::{DbError, Tx};

/// Closures that share a commit at most: bounds how long the first of them waits.
const BATCH_MAX: usize = 512;

/// Closures that may wait before senders are slowed down.
const QUEUE_MAX: usize = 4096;

pub(super) struct Writer {
    queue: Option<SyncSender<Box<dyn Queued>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, faults: Arc<Faults>) -> Self {
        let (queue, waiting) = sync_channel(QUEUE_MAX);
        let thread = std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || serve(&connection, &waiting, &faults))
            .expect("the system can start one thread");
        Self { queue: Some(queue), thread: Some(thread) }
    }

    pub(super) async fn run<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Job::new(body, reply));
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
            // After a failed commit SQLite may or may not have left the transaction itself.
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
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
    }
    if faults.strikes_commit() {
        return Err(DbError::Injected);
    }
    run(connection, "COMMIT", "commit")
}
