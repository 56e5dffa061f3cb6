//! A few suites at a time.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use stand_ins::Postgres;

use super::ran::Ran;
use super::report::{Table, clock, heading};
use super::suites::Suite;

/// Most tests wait for other processes half of the time, so that four binaries keep two processors
/// busy.
const LANES: usize = 4;

/// How often the running suites are reported.
const NEWS_EVERY: Duration = Duration::from_mins(2);

/// The waiting and the running suites.
struct Queue {
    waiting: Vec<Suite>,
    /// Programs that are running, by name of the suite and since when.
    running: Vec<(PathBuf, String, Instant)>,
    runs_one_alone: bool,
}

/// Runs all suites. Returns how many failed.
///
/// They get the database server, if there is one.
pub(super) fn run(mut suites: Vec<Suite>, database: Option<&Postgres>, table: &mut Table) -> usize {
    let handed_over = database.map(|server| (Postgres::HANDED_OVER, server.as_handed_over()));
    heading("tests");
    suites.sort_by_key(Suite::order);
    let queue = Queue { waiting: suites, running: Vec::new(), runs_one_alone: false };
    let (queue, freed) = (Mutex::new(queue), Condvar::new());
    let (table, failed) = (Mutex::new(table), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| tell(&queue, &freed));
        for _ in 0..LANES {
            scope.spawn(|| {
                while let Some(suite) = next(&queue, &freed) {
                    let ran = Ran::of(&suite, handed_over.as_ref());
                    let is_good = ran.is_good;
                    lock(&table).suite(&suite, &ran);
                    failed.fetch_add(usize::from(!is_good), Ordering::Relaxed);
                    lock(&queue).ended(&suite);
                    freed.notify_all();
                }
            });
        }
    });
    failed.into_inner()
}

/// The next suite that may start; waits for it. `None` when there is none left.
fn next(queue: &Mutex<Queue>, freed: &Condvar) -> Option<Suite> {
    let mut queue = lock(queue);
    loop {
        if let Some(suite) = queue.begin() {
            return Some(suite);
        }
        if queue.is_over() {
            return None;
        }
        queue = freed.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Reports slow suites, until all have ended.
fn tell(queue: &Mutex<Queue>, freed: &Condvar) {
    let (mut queue, mut told) = (lock(queue), Instant::now());
    while !queue.is_over() {
        queue = freed.wait_timeout(queue, NEWS_EVERY).unwrap_or_else(PoisonError::into_inner).0;
        if told.elapsed() >= NEWS_EVERY {
            told = Instant::now();
            queue.tell();
        }
    }
}

impl Queue {
    fn begin(&mut self) -> Option<Suite> {
        let may_begin = |suite: &Suite| {
            let runs = |(program, ..): &(PathBuf, _, _)| *program == suite.binary.program;
            let is_running = self.running.iter().any(runs);
            let has_room = !suite.is_alone || self.running.is_empty();
            !is_running && has_room && !self.runs_one_alone
        };
        let at = self.waiting.iter().position(may_begin)?;
        let suite = self.waiting.remove(at);
        self.runs_one_alone = suite.is_alone;
        self.running.push((suite.binary.program.clone(), suite.name.clone(), Instant::now()));
        Some(suite)
    }

    fn ended(&mut self, suite: &Suite) {
        self.running.retain(|(_, name, _)| *name != suite.name);
        self.runs_one_alone &= !suite.is_alone;
    }

    fn is_over(&self) -> bool {
        self.waiting.is_empty() && self.running.is_empty()
    }

    fn tell(&self) {
        for (_, name, since) in &self.running {
            println!("         {name} has run for {}", clock(since.elapsed()));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
