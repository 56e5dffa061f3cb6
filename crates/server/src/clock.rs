//! The clock.
//!
//! # Invariants
//! * Nodes that share a database share its clock: leases, graces and signatures mean the same
//!   moment on each node, whatever the nodes' own clocks say. They differ by the error of a
//!   measurement, which is less than the time of a round trip to the database.
//! * Between measurements the time advances by the machine's monotonic counter, which cannot be set
//!   and which continues while the machine sleeps.
//! * Without a shared database, the system's clock is used.
//!
//! # Who calls
//! The start measures once before anything is served; a task measures again and again.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use db::{Db, DbError};
use names::{Clock, Timestamp};
use rustix::time::{ClockId, clock_gettime};

/// The system's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where time is read")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(0).plus(since)
    }
}

/// The clock of the database that nodes share.
#[derive(Debug)]
pub(crate) struct SharedClock {
    /// By how much the database's clock is ahead of this machine's counter.
    ahead_micros: AtomicI64,
}

/// A counter that drifts by 100 parts in a million is off by 3 ms after this.
pub(crate) const MEASURE_EVERY: Duration = Duration::from_secs(30);

/// An answer that took longer says too little about the moment when it was given.
const ANSWER_MAX: Duration = Duration::from_millis(500);

/// How many questions are asked; the fastest answer counts. The first one prepares its statement,
/// which takes longer.
const QUESTIONS: u32 = 3;

/// A difference worth a warning: requests to a bucket are signed with the system's clock.
const STRAY_MAX: Duration = Duration::from_mins(1);

impl SharedClock {
    /// The clock of a database; `None` if that has only this machine's.
    pub(crate) async fn measured(db: &Db) -> Result<Option<Self>, DbError> {
        let Some(best) = measure(db).await? else { return Ok(None) };
        let clock = Self { ahead_micros: AtomicI64::new(best.ahead_micros) };
        clock.compare_with_system();
        Ok(Some(clock))
    }

    /// Measures once more. If there is no good answer, the earlier measurement stays.
    pub(crate) async fn measure_again(&self, db: &Db) {
        match measure(db).await {
            Ok(Some(best)) if best.took <= ANSWER_MAX => {
                let before = self.ahead_micros.swap(best.ahead_micros, Ordering::Relaxed);
                let moved = Duration::from_micros(before.abs_diff(best.ahead_micros));
                if moved > Duration::from_secs(1) {
                    let seconds = moved.as_secs_f64();
                    tracing::warn!(
                        seconds,
                        "the database's clock was changed, or this machine slept"
                    );
                }
                self.compare_with_system();
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "cannot read the database's clock"),
        }
    }

    fn compare_with_system(&self) {
        let (shared, own) = (self.now().as_micros(), SystemClock.now().as_micros());
        let stray = Duration::from_micros(shared.abs_diff(own));
        if stray > STRAY_MAX {
            let seconds = stray.as_secs_f64();
            tracing::warn!(
                seconds,
                "this machine's clock differs from the database's, which Longshore uses; correct it, because the object store may refuse requests signed with it"
            );
        }
    }
}

impl Clock for SharedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(counter_micros() + self.ahead_micros.load(Ordering::Relaxed))
    }
}

/// The result of one question.
struct Measurement {
    ahead_micros: i64,
    took: Duration,
}

async fn measure(db: &Db) -> Result<Option<Measurement>, DbError> {
    let mut best: Option<Measurement> = None;
    for _ in 0..QUESTIONS {
        let asked = db.read(|tx| {
            let before = counter_micros();
            let Some(shared) = tx.shared_time()? else { return Ok(None) };
            let after = counter_micros();
            let ahead_micros = shared.as_micros() - before.midpoint(after);
            let took = Duration::from_micros(after.abs_diff(before));
            Ok(Some(Measurement { ahead_micros, took }))
        });
        let Some(found) = asked.await? else { return Ok(None) };
        if best.as_ref().is_none_or(|best| found.took < best.took) {
            best = Some(found);
        }
    }
    Ok(best)
}

/// Microseconds since this machine started, its sleep included.
fn counter_micros() -> i64 {
    let time = clock_gettime(ClockId::Boottime);
    time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
}

#[cfg(test)]
mod tests {
    use stand_ins::Postgres;

    use super::*;

    #[tokio::test]
    async fn a_folders_clock_is_the_systems() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("rows")).unwrap();
        assert!(SharedClock::measured(&db).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn nodes_read_the_databases_clock() {
        let Some(server) = Postgres::shared() else { return };
        let db = Db::connect(&server.database().url(), 1).unwrap();
        let [one, other] = [
            SharedClock::measured(&db).await.unwrap().unwrap(),
            SharedClock::measured(&db).await.unwrap().unwrap(),
        ];
        let apart =
            |a: &dyn Clock, b: &dyn Clock| a.now().as_micros().abs_diff(b.now().as_micros());
        assert!(apart(&one, &other) < 1_000_000, "two nodes agree");
        assert!(apart(&one, &SystemClock) < 5_000_000, "the server runs on this machine");
        one.ahead_micros.fetch_add(3_600_000_000, Ordering::Relaxed);
        one.measure_again(&db).await;
        assert!(apart(&one, &other) < 1_000_000, "an hour's error does not outlive a measurement");
    }
}
