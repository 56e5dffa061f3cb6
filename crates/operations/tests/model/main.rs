//! Random sequences of verbs, clock jumps, faults and restarts, compared with a plain model of a
//! registry.
//!
//! Acknowledged content reads back byte for byte; a refused or failed verb changes nothing; a
//! promise is kept; what was deleted comes back within its time; and when everything has been quiet
//! for longer than all leases, no object is left that no row names, and bytes are in the archive
//! storage exactly if all images that need them are archived.
//!
//! `MODEL_SEED=n` replays one sequence; `MODEL_ROUNDS=n` runs this many. A failure prints its seed
//! and the shortest failing sequence found.

#[path = "../fixture/mod.rs"]
mod fixture;

mod act;
mod archive;
mod catalogue;
mod images;
mod keys;
mod perform;
mod referrers;
mod state;
mod tags;
mod undo;
mod uploads;
mod verify;

use std::panic::{AssertUnwindSafe, catch_unwind};

use act::{Act, Ending, Failing, Manner, Stretch};
use blobs::testing::{Call, Fault};
use catalogue::Catalogue;
use db::on_both_engines;
use db::testing::Engine;
use perform::Trial;

on_both_engines!(
    fn what_is_acknowledged_stays_and_what_is_refused_changes_nothing,
    a_disk_that_fills_while_a_torn_upload_is_sealed_again_leaves_nothing,
);

/// Sequences that a plain `cargo test` runs: about 40 seconds on one core.
const ROUNDS: u64 = 120;

/// The same on PostgreSQL: each of the thousands of reads in a sequence is a round trip and wakes
/// two threads and a process, some twenty times what it costs in this process.
const ROUNDS_ON_POSTGRES: u64 = 8;

/// Acts in a sequence.
const LENGTH: usize = 60;

/// Runs spent on making a failing sequence shorter.
const SHRINKING_RUNS: u32 = 300;

fn what_is_acknowledged_stays_and_what_is_refused_changes_nothing(engine: Engine) {
    let rounds = match engine {
        Engine::Sqlite => ROUNDS,
        Engine::Postgres(_) => ROUNDS_ON_POSTGRES,
    };
    let seeds = match number("MODEL_SEED") {
        Some(seed) => seed..=seed,
        None => 1..=number("MODEL_ROUNDS").unwrap_or(rounds),
    };
    let catalogue = Catalogue::new();
    for seed in seeds {
        let acts = act::sequence(seed, LENGTH);
        if let Err(failure) = run(engine, &catalogue, &acts) {
            let shortest = shrink(engine, &catalogue, acts[..failure.acts].to_vec());
            let why =
                run(engine, &catalogue, &shortest).map_or_else(|again| again.why, |()| failure.why);
            panic!("MODEL_SEED={seed} fails: {why}\nshortest sequence found: {shortest:#?}");
        }
    }
}

/// A sequence that chance finds once in a thousand.
fn a_disk_that_fills_while_a_torn_upload_is_sealed_again_leaves_nothing(engine: Engine) {
    let part = |stretch, manner| Act::Append { upload: 0, stretch, manner };
    for (call, nth) in [(Call::Create, 1), (Call::Write, 1), (Call::Write, 2), (Call::Park, 1)] {
        let failing = Failing::Store { call, nth, fault: Fault::Full };
        let acts = [
            Act::CreateRepository { repository: 0, mutability: 0 },
            Act::Initiate { repository: 0, content: 7 },
            part(Stretch::Half, Manner::Honest),
            part(Stretch::Rest, Manner::Short),
            Act::Failing { failing, act: Box::new(part(Stretch::Byte, Manner::Honest)) },
            Act::RunJobs,
            Act::Complete { upload: 0, ending: Ending::WithRest },
        ];
        let ended = run(engine, &Catalogue::new(), &acts).map_err(|failure| failure.why);
        assert_eq!(ended, Ok(()), "when {call:?} {nth} fails");
    }
}

/// Why a sequence failed, and after how many of its acts.
struct Failure {
    acts: usize,
    why: String,
}

fn run(engine: Engine, catalogue: &Catalogue, acts: &[Act]) -> Result<(), Failure> {
    let mut done = 0;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the system can start a runtime");
    let tried = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let mut trial = Trial::new(catalogue, engine);
            for act in acts {
                done += 1;
                trial.perform(act).await?;
                trial.verify(done % 8 == 0).await?;
            }
            trial.quieten().await
        })
    }));
    let why = match tried {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(why)) => why,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            text.unwrap_or_else(|| "it panicked".to_owned())
        }
    };
    Err(Failure { acts: done, why })
}

/// Leaves out stretches, ever shorter ones, while what is left still fails.
fn shrink(engine: Engine, catalogue: &Catalogue, mut acts: Vec<Act>) -> Vec<Act> {
    let mut runs = 0;
    let mut stretch = acts.len().div_ceil(2);
    while stretch > 0 && runs < SHRINKING_RUNS {
        let mut at = 0;
        while at < acts.len() && runs < SHRINKING_RUNS {
            let mut fewer = acts.clone();
            fewer.drain(at..(at + stretch).min(acts.len()));
            runs += 1;
            match run(engine, catalogue, &fewer) {
                Err(failure) => acts = fewer[..failure.acts].to_vec(),
                Ok(()) => at += stretch,
            }
        }
        stretch /= 2;
    }
    acts
}

fn number(name: &str) -> Option<u64> {
    #[expect(clippy::disallowed_methods, reason = "a test's own setting")]
    let text = std::env::var(name).ok()?;
    text.parse().ok()
}
