//! The threads that run transactions on PostgreSQL, and the queue before them.
//!
//! # Invariants
//! * A write is answered with `Ok` only after its commit. A closure may run several times, each
//!   time in a new transaction; only the last attempt counts.
//! * A transaction that loses each of its attempts to others ends with `DbError::Conflict`,
//!   whatever its closure made of that.
//! * A closure runs again only if the server kept nothing of the last attempt. If the connection
//!   breaks during a commit, the outcome is unknown: the closure does not run again, and its caller
//!   gets the error.
//! * Everything is bounded: the queue, the wait for a connection (`WAIT_MAX`), the attempts and
//!   their total time (`ATTEMPTS_MAX`, `TRYING_MAX`).
//! * A read whose caller has gone away is skipped. A write is not.
//!
//! # Who calls
//! `Db` (`engine/db.rs`), from any task. The threads end when the queue is closed and empty.
//!
//! # On a crash
//! * A process that dies takes its queue with it. The server rolls back what was not committed.
//! * A worker that loses its connection connects again and retries, for about as long as the server
//!   takes to restart. After that the caller gets the error.
//! * A look-up on a lane that fails is repeated by a worker, which has the retries and the error
//!   messages.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::Builder;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::address::Address;
use super::cure::Cure;
use super::lane::Lane;
use super::session::{Session, Uncommitted};
use super::settings::STATEMENT_MAX;
use super::{census, migrate};
use crate::engine::Faults;
use crate::engine::queued::{Job, Queued};
use crate::tx::{Access, require_texts};
use crate::value::{Kept, Row};
use crate::{DbError, Lookup, Tx};

/// A few threads with one connection each, and the queue of closures that wait for them.
pub(in crate::engine) struct Postgres {
    address: Address,
    queue: mpsc::Sender<Waiting>,
    faults: Arc<Faults>,
    runs_again: Arc<AtomicU64>,
    waits: Arc<AtomicU64>,
    size: Arc<Size>,
    lanes: [Arc<Lane>; LANES],
    next_lane: AtomicUsize,
}

struct Waiting {
    job: Box<dyn Queued>,
    access: Access,
    since: Instant,
}

/// The last known size of the database, and when it was read, in seconds since `start`.
struct Size {
    bytes: AtomicU64,
    start: Instant,
    asked_at: AtomicU64,
}

/// One PostgreSQL process serves one lane, at about ten thousand requests a second.
const LANES: usize = 2;

/// How many closures may wait. Callers with further ones wait to enqueue them.
const QUEUE_MAX: usize = 4096;

/// The longest wait for a connection. After that the database is slow or unreachable, and answering
/// the oldest first would answer no caller in time.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// The most attempts of a transaction that conflicts with others or lost its connection. With the
/// pauses below they take about ten seconds, enough for the server to restart.
const ATTEMPTS_MAX: u32 = 32;

/// No attempt starts after this time, however few there were.
const TRYING_MAX: Duration = Duration::from_secs(15);

/// Pauses between attempts double, starting at about the length of a transaction.
const PAUSE_MIN: Duration = Duration::from_millis(1);
const PAUSE_MAX: Duration = Duration::from_millis(500);

/// A page of a snapshot is read through an index; on a slow disk it may take a while.
const SNAPSHOT_STATEMENT_MAX: Duration = Duration::from_mins(10);

/// The metrics page shows the database's size, and is read every few seconds.
const SIZE_AGE_MAX_SECONDS: u64 = 30;

impl Postgres {
    pub(in crate::engine) fn connect(
        address: Address,
        connections: usize,
    ) -> Result<Self, DbError> {
        // A session runs its own runtime, which is not allowed on a thread of the caller's runtime.
        let there = address.clone();
        let migrated = Builder::new()
            .name("db-migrate".into())
            .spawn(move || migrate::apply(&there))
            .map_err(DbError::engine("start a thread"))?;
        let bytes = migrated.join().unwrap_or(Err(DbError::Closed))?;
        let (queue, waiting) = mpsc::channel(QUEUE_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        let faults = Arc::new(Faults::default());
        let (runs_again, waits) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        for number in 1..=connections.max(1) {
            let (address, waiting, faults) = (address.clone(), waiting.clone(), faults.clone());
            let (runs_again, waits) = (runs_again.clone(), waits.clone());
            // The thread is not joined. It ends when the queue is closed and empty.
            Builder::new()
                .name(format!("db-{number}"))
                .spawn(move || {
                    Worker { address, faults, runs_again, waits, session: None }.serve(&waiting);
                })
                .map_err(DbError::engine("start a thread"))?;
        }
        let next_lane = AtomicUsize::new(0);
        let size = Size { bytes: bytes.into(), start: Instant::now(), asked_at: 0.into() };
        let size = Arc::new(size);
        let lanes = std::array::from_fn(|_| Arc::new(Lane::new(address.clone())));
        Ok(Self { address, queue, faults, runs_again, waits, size, lanes, next_lane })
    }

    pub(in crate::engine) async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run(Access::Read, body).await
    }

    pub(in crate::engine) async fn look_up<T>(
        &self,
        lookup: &Lookup<'_, T>,
    ) -> Result<Option<T>, DbError>
    where
        T: Send + 'static,
    {
        require_texts(&lookup.args)?;
        let lane = &self.lanes[self.next_lane.fetch_add(1, Ordering::Relaxed) % LANES];
        if let Some(rows) = lane.rows(lookup.sql, &lookup.args).await {
            self.waits.fetch_add(1, Ordering::Relaxed);
            return rows.first().map(|row| (lookup.read)(&Row::Postgres(row))).transpose();
        }
        // A worker retries, and reports errors properly.
        let (sql, read) = (lookup.sql, lookup.read);
        let args: Vec<Kept> = lookup.args.iter().map(Kept::from).collect();
        self.read(move |tx| {
            let args = args.iter().map(Kept::value).collect();
            tx.look_up(&Lookup { sql, args, read })
        })
        .await
    }

    pub(in crate::engine) async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run(Access::Write, body).await
    }

    pub(in crate::engine) async fn take<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run(Access::Take, body).await
    }

    /// How often a transaction waited for the server.
    pub(in crate::engine) fn waits(&self) -> u64 {
        self.waits.load(Ordering::Relaxed)
    }

    /// How often a closure ran again because of a conflict.
    pub(in crate::engine) fn runs_again(&self) -> u64 {
        self.runs_again.load(Ordering::Relaxed)
    }

    async fn run<T, E, F>(&self, access: Access, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Job::new(body, reply));
        let waiting = Waiting { job, access, since: Instant::now() };
        self.queue.send(waiting).await.map_err(|_| DbError::Closed)?;
        answer.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    pub(in crate::engine) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Checks all rows, on a separate connection and without a time limit.
    pub(in crate::engine) async fn integrity_check(&self) -> Result<Vec<String>, DbError> {
        let (reply, answer) = oneshot::channel();
        let address = self.address.clone();
        Builder::new()
            .name("db-census".into())
            // The caller may have gone away.
            .spawn(move || drop(reply.send(census::dangling(&address))))
            .map_err(DbError::engine("start a thread"))?;
        answer.await.unwrap_or(Err(DbError::Closed))
    }

    /// Runs `body` over one snapshot of the rows, on a separate thread and connection, without a
    /// time limit.
    pub(in crate::engine) fn with_snapshot(
        &self,
        body: impl FnOnce(Result<&mut Tx<'_>, DbError>) + Send + 'static,
    ) -> Result<(), DbError> {
        let address = self.address.clone();
        let work = move || match Session::connect_patiently(&address, SNAPSHOT_STATEMENT_MAX) {
            Ok(mut session) => {
                session.begin(Access::Read);
                body(Ok(&mut Tx::postgres(&mut session, Access::Read)));
            }
            Err(error) => body(Err(error)),
        };
        let started = Builder::new().name("db-snapshot".into()).spawn(work);
        started.map(drop).map_err(DbError::engine("start a thread"))
    }

    /// The last known size. If that is old, it is read again for the next caller.
    pub(in crate::engine) fn size_bytes(&self) -> u64 {
        let Size { bytes, start, asked_at } = &*self.size;
        let now = start.elapsed().as_secs();
        if asked_at.load(Ordering::Relaxed) + SIZE_AGE_MAX_SECONDS <= now {
            asked_at.store(now, Ordering::Relaxed);
            let size = self.size.clone();
            let (reply, _) = oneshot::channel::<Result<(), DbError>>();
            let ask = move |tx: &mut Tx<'_>| {
                size.bytes.store(census::size_bytes(tx)?, Ordering::Relaxed);
                Ok(())
            };
            let job = Box::new(Measure(Job::new(ask, reply)));
            let waiting = Waiting { job, access: Access::Read, since: Instant::now() };
            // If the queue is full, the old size is good enough.
            self.queue.try_send(waiting).ok();
        }
        bytes.load(Ordering::Relaxed)
    }
}

/// A job that runs although no caller waits for it.
struct Measure<J>(J);

impl<J: Queued> Queued for Measure<J> {
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        self.0.run(tx)
    }

    fn is_forgotten(&self) -> bool {
        false
    }

    fn answer(self: Box<Self>, committed: &Result<(), DbError>) {
        Box::new(self.0).answer(committed);
    }
}

struct Worker {
    address: Address,
    faults: Arc<Faults>,
    runs_again: Arc<AtomicU64>,
    waits: Arc<AtomicU64>,
    session: Option<Session>,
}

/// How an attempt ended.
enum Attempt {
    Ended(Result<(), DbError>),
    Again(DbError),
}

impl Worker {
    fn serve(&mut self, waiting: &Mutex<mpsc::Receiver<Waiting>>) {
        loop {
            // The thread with the lock waits for the next closure; the others wait for the lock.
            let next = waiting.lock().expect("nothing panics while it waits").blocking_recv();
            let Some(Waiting { mut job, access, since }) = next else { return };
            if access == Access::Read && job.is_forgotten() {
                continue;
            }
            let ended = if since.elapsed() > WAIT_MAX {
                Err(DbError::Busy)
            } else {
                self.transact(job.as_mut(), access)
            };
            if let Some(session) = &self.session {
                self.waits.fetch_add(session.take_waits(), Ordering::Relaxed);
            }
            job.answer(&ended);
            // A read is answered before its transaction ends, so that the caller does not wait for
            // that.
            self.tidy();
            if let Some(session) = &self.session {
                session.take_waits();
            }
        }
    }

    fn transact(&mut self, job: &mut dyn Queued, access: Access) -> Result<(), DbError> {
        let began = Instant::now();
        let is_over = |attempt| attempt == ATTEMPTS_MAX || began.elapsed() > TRYING_MAX;
        let mut pause = PAUSE_MIN;
        for attempt in 1.. {
            match self.attempt(job, access) {
                Attempt::Ended(ended) => return ended,
                Attempt::Again(error) if is_over(attempt) => return Err(Cure::given_up(error)),
                Attempt::Again(error) => {
                    if Cure::of(&error) == Cure::Again {
                        self.runs_again.fetch_add(1, Ordering::Relaxed);
                    }
                    self.tidy();
                }
            }
            std::thread::sleep(shortened(pause));
            pause = PAUSE_MAX.min(pause * 2);
        }
        unreachable!("attempts are counted")
    }

    fn attempt(&mut self, job: &mut dyn Queued, access: Access) -> Attempt {
        let session = match &mut self.session {
            Some(session) => session,
            none => match Session::connect(&self.address, STATEMENT_MAX) {
                Ok(session) => none.insert(session),
                Err(error) if Cure::of(&error) == Cure::Nothing => {
                    return Attempt::Ended(Err(error));
                }
                Err(error) => return Attempt::Again(error),
            },
        };
        session.begin(access);
        let keep = job.run(&mut Tx::postgres(session, access));
        // After a failed statement the server keeps nothing, even if the closure ignored the
        // failure.
        if let Some(error) = session.failure().cloned() {
            return self.after(error);
        }
        if !keep || access == Access::Read {
            return Attempt::Ended(Ok(()));
        }
        if let Some(fault) = self.faults.strike_commit() {
            return Attempt::Ended(Err(fault));
        }
        let undone = match session.commit() {
            Ok(()) => return Attempt::Ended(Ok(())),
            Err(Uncommitted::Undone(error)) => error,
            // It must not run again.
            Err(Uncommitted::Unknown(error)) => {
                self.session = None;
                return Attempt::Ended(Err(error));
            }
        };
        self.after(undone)
    }

    /// The next step after a failure that left nothing behind.
    fn after(&mut self, error: DbError) -> Attempt {
        match Cure::of(&error) {
            Cure::Nothing => Attempt::Ended(Err(error)),
            Cure::Again => Attempt::Again(error),
            Cure::Reconnect => {
                self.session = None;
                Attempt::Again(error)
            }
        }
    }

    /// Rolls back the rest of a transaction. If that fails, the connection is dropped.
    fn tidy(&mut self) {
        if self.session.as_mut().is_some_and(|session| session.roll_back().is_err()) {
            self.session = None;
        }
    }
}

/// Between half of a pause and the whole: two transactions in conflict should not meet again.
fn shortened(pause: Duration) -> Duration {
    let mut random = [0; 1];
    // Without randomness the pauses are equal, and only the server's timing keeps the two apart.
    getrandom::fill(&mut random).ok();
    pause / 2 + pause / 2 * u32::from(random[0]) / 255
}
