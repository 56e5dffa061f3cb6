//! The closed loop: some connections, each asking again as soon as it was answered.

use std::future::Future;
use std::io;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::cost;

/// A sample that takes longer than this, and than it was to take, means that a server hangs.
const HANGS_AFTER: Duration = Duration::from_mins(2);

/// How a load is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// One thread is enough for small requests and leaves the server a separate core; bytes need
    /// two.
    pub(crate) threads: usize,
    pub(crate) connections: usize,
    pub(crate) stop: Stop,
}

/// When a connection stops asking.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stop {
    After(Duration),
    /// After this many turns on each connection.
    Turns(usize),
}

/// Hands a connection its turns.
#[derive(Debug)]
pub(crate) struct Turns {
    stop: Stop,
    taken: usize,
    begun: Instant,
}

/// The work of one connection, or of all.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) turns: u64,
    pub(crate) bytes: u64,
    microseconds: Vec<u32>,
}

/// The result of a load.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    pub(crate) seconds: f64,
    pub(crate) server_cpu_seconds: f64,
    pub(crate) generator_cpu_seconds: f64,
}

impl Load {
    /// Runs `worker` once for each connection, all at the same time, against servers whose first
    /// processes are `servers`.
    pub(crate) fn run<W, F>(self, servers: &[u32], worker: W) -> Result<Outcome>
    where
        W: Fn(usize, Turns) -> F,
        F: Future<Output = Result<Tally>> + Send + 'static,
    {
        let runtime = self.runtime()?;
        let before = (cost::cpu_seconds(servers)?, cost::own_cpu_seconds()?);
        let begun = Instant::now();
        let limit = match self.stop {
            Stop::After(longest) => longest + HANGS_AFTER,
            Stop::Turns(_) => HANGS_AFTER,
        };
        let tally = runtime.block_on(async {
            let mut workers = JoinSet::new();
            for index in 0..self.connections {
                workers.spawn(worker(index, Turns { stop: self.stop, taken: 0, begun }));
            }
            let Ok(tally) = tokio::time::timeout(limit, join(workers)).await else {
                bail!("no end after {limit:?}");
            };
            tally
        })?;
        let seconds = begun.elapsed().as_secs_f64();
        Ok(Outcome {
            tally,
            seconds,
            server_cpu_seconds: cost::cpu_seconds(servers)? - before.0,
            generator_cpu_seconds: cost::own_cpu_seconds()? - before.1,
        })
    }

    /// A single thread is cheaper without synchronisation.
    fn runtime(self) -> io::Result<Runtime> {
        let mut builder = match self.threads {
            1 => Builder::new_current_thread(),
            _ => Builder::new_multi_thread(),
        };
        builder.worker_threads(self.threads).enable_all().build()
    }
}

async fn join(mut workers: JoinSet<Result<Tally>>) -> Result<Tally> {
    let mut all = Tally::default();
    while let Some(tally) = workers.join_next().await {
        all.merge(tally.context("a worker panicked")??);
    }
    Ok(all)
}

impl Turns {
    /// Whether to continue. A started turn is finished and counted.
    pub(crate) fn another(&mut self) -> bool {
        self.taken += 1;
        match self.stop {
            Stop::After(duration) => self.begun.elapsed() < duration,
            Stop::Turns(turns) => self.taken <= turns,
        }
    }
}

impl Tally {
    /// Counts one turn that began then and moved this many bytes.
    pub(crate) fn record(&mut self, begun: Instant, bytes: u64) {
        self.turns += 1;
        self.bytes += bytes;
        self.microseconds.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
    }

    fn merge(&mut self, other: Self) {
        let Self { turns, bytes, microseconds } = other;
        self.turns += turns;
        self.bytes += bytes;
        self.microseconds.extend(microseconds);
    }

    /// How long the turn took that is slower than this share of all turns.
    pub(crate) fn quantile_microseconds(&mut self, share: f64) -> u32 {
        let Some(last) = self.microseconds.len().checked_sub(1) else { return 0 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share between 0 and 1 of a length in memory"
        )]
        let rank = (last as f64 * share.clamp(0.0, 1.0)).round() as usize;
        *self.microseconds.select_nth_unstable(rank).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_turns_that_happened() {
        #[rustfmt::skip]
        let cases: [(&[u32], f64, u32, &str); 5] = [
            // turns               share  expected  because
            (&[],                  0.5,   0,        "nothing happened"),
            (&[9],                 0.99,  9,        "there is only one"),
            (&[5, 1, 3],           0.5,   3,        "order does not matter"),
            (&[5, 1, 3],           1.0,   5,        "the slowest"),
            (&[4, 3, 2, 1],        0.0,   1,        "the fastest"),
        ];
        for (microseconds, share, expected, because) in cases {
            let mut tally = Tally { turns: 0, bytes: 0, microseconds: microseconds.to_vec() };
            assert_eq!(tally.quantile_microseconds(share), expected, "{because}");
        }
    }

    #[test]
    fn every_connection_takes_its_turns() {
        let load = Load { threads: 1, connections: 3, stop: Stop::Turns(4) };
        let outcome = load.run(&[std::process::id()], |_, mut turns| async move {
            let mut tally = Tally::default();
            while turns.another() {
                tally.record(Instant::now(), 10);
            }
            Ok(tally)
        });
        let tally = outcome.unwrap().tally;
        assert_eq!((tally.turns, tally.bytes), (12, 120));
    }

    #[test]
    fn a_failing_connection_fails_the_sample() {
        let load = Load { threads: 1, connections: 2, stop: Stop::Turns(1) };
        let outcome = load.run(&[std::process::id()], |index, _| async move {
            anyhow::ensure!(index > 0, "refused");
            Ok(Tally::default())
        });
        assert_eq!(outcome.unwrap_err().to_string(), "refused");
    }
}
