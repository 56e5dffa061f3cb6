//! Everything fails, and nothing that was acknowledged is lost.
//!
//! Clients push, pull, mount, delete and move tags through the balancer, while nodes are killed,
//! stopped, paused and started with a wrong clock, PostgreSQL is killed, its connections are cut
//! and stall, and the S3 server answers 500 and 503, late, in part, or not at all. Then all faults
//! end, and this must hold:
//!
//! * acknowledged content is there, byte for byte; deleted content is gone; content with an unknown
//!   outcome, and what a lifecycle policy may take, is there whole or not at all;
//! * no pull ever got other bytes, or "not found" for existing content;
//! * each tag was a register: there is an order of its writes and reads that explains everything
//!   that was seen;
//! * after some time, the jobs have deleted everything that nothing refers to, none is dead, and
//!   the bucket holds exactly what rows name;
//! * `fsck --digests` finds nothing.
//!
//! `CHAOS_SECONDS` sets the duration (75), `CHAOS_SEED` the run to repeat, `CHAOS_SEEDS` the number
//! of runs (1), one after the other, with consecutive seeds. The timing is the machine's, so a
//! repeated run does the same things and may interleave differently.

mod caller;
mod client;
mod expiry;
mod healed;
mod ledger;
mod linearizable;
mod nemesis;
mod tags;

use std::env;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use black_box::Random;
use black_box::cluster::{Cluster, Plan};
use serde_json::json;

use crate::client::Worker;
use crate::ledger::Ledger;
use crate::tags::Tags;

const SECONDS: u64 = 75;

const WORKERS: usize = 6;

/// What all workers share.
struct World {
    ledger: Ledger,
    tags: Tags,
    is_over: AtomicBool,
}

fn number_from(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is not a number: {text}")))
}

fn seed_of_today() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.expect("it is later than 1970").as_secs()
}

#[test]
fn nothing_acknowledged_is_lost_whatever_fails() {
    let first = number_from("CHAOS_SEED").unwrap_or_else(seed_of_today);
    let life = Duration::from_secs(number_from("CHAOS_SECONDS").unwrap_or(SECONDS));
    for seed in first..first + number_from("CHAOS_SEEDS").unwrap_or(1) {
        eprintln!("chaos: seed {seed}, {life:?}");
        let test = "nothing_acknowledged_is_lost_whatever_fails";
        let Some(cluster) = Plan::of(3).with_faults().with_own_stores().start(test) else { return };
        run(cluster, seed, life);
    }
}

fn run(mut cluster: Cluster, seed: u64, life: Duration) {
    let mut random = Random::new(seed);
    let address = cluster.address();
    let repositories: Vec<String> =
        (0..WORKERS).map(|number| format!("chaos/worker-{number}")).collect();
    for name in repositories.iter().map(String::as_str).chain([tags::REPOSITORY]) {
        let input = json!({ "repositoryName": name });
        let key = black_box::AccessKey::root();
        let made = black_box::call(&address, &key, "CreateRepository", &input);
        assert_eq!(made.status, 200, "{}", made.text());
    }
    expiry::put_policies(&address, &repositories);
    let password = cluster.password();
    let tags = Tags::prepare(&mut cluster.client());
    let world = World { ledger: Ledger::default(), tags, is_over: AtomicBool::new(false) };
    let deeds = thread::scope(|scope| {
        let workers: Vec<_> = repositories
            .iter()
            .map(|repository| {
                let worker = Worker::new(&address, &password, repository, random.number(), &world);
                scope.spawn(move || worker.work())
            })
            .collect();
        let deeds = nemesis::rage(&mut cluster, &mut random, life, || {
            workers.iter().any(thread::ScopedJoinHandle::is_finished)
        });
        world.is_over.store(true, Ordering::SeqCst);
        let done: Vec<_> = workers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        if let Some(Err(panic)) = done.into_iter().find(Result::is_err) {
            eprintln!("chaos: what was done to it:\n  {}", deeds.join("\n  "));
            std::panic::resume_unwind(panic);
        }
        deeds
    });
    eprintln!("chaos: {} troubles; {}", deeds.len(), world.ledger.describe());
    let judged = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        judge(&mut cluster, &world, &repositories, &password);
    }));
    if let Err(panic) = judged {
        eprintln!("chaos: seed {seed}; what was done to it:\n  {}", deeds.join("\n  "));
        std::panic::resume_unwind(panic);
    }
}

fn judge(cluster: &mut Cluster, world: &World, repositories: &[String], password: &str) {
    let began = Instant::now();
    healed::await_all_ready(cluster);
    world.tags.judge();
    healed::assert_ledger_holds(cluster, &world.ledger, password);
    expiry::end(cluster, repositories);
    healed::let_time_pass(cluster);
    healed::assert_ledger_holds(cluster, &world.ledger, password);
    healed::assert_nothing_leaked(cluster);
    cluster.terminate();
    cluster.await_end(Duration::from_secs(40));
    cluster.longshore(["fsck", "--digests"]).succeeds();
    eprintln!("chaos: all holds; that took {:?} to see", began.elapsed());
}
