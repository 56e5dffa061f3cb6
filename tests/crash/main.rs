//! Kill -9 in a loop under load, on one data folder: acknowledged content is there, other content
//! is whole or absent.
//!
//! Pushers work at random, each on its own repository, and race for the tags of one more. The
//! server is killed at a random moment and started again. Each pusher has at most one unanswered
//! request: all of its effects are there, or none. Everything else is as it was acknowledged:
//! layers are read whole and hashed, manifests compared, deleted content is gone, uploads are
//! exactly where they were and continue in later rounds.
//!
//! `CRASH_ROUNDS` sets the number of rounds (200), `CRASH_SEED` the run to repeat. The moment of
//! death is the machine's, so a repeated run does the same things and may die elsewhere.

mod created;
mod facts;
mod pusher;
mod race;
mod records;
mod rekey;
mod step;

use std::env;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use black_box::{Client, Process, Random, Server};
use pusher::{Offered, Pusher};
use race::Race;
use tempfile::TempDir;

const PUSHERS: usize = 5;
const ROUNDS: u64 = 200;

/// Rounds between two looks at everything.
const INSPECTION_EVERY: u64 = 20;

/// Facts of earlier rounds that are looked at in each.
const OLDER_FACTS: usize = 10;

/// From the process's start to the first answer it takes some ten milliseconds; this is for a
/// machine that swaps.
const START_MAX: Duration = Duration::from_secs(5);

/// A run of many rounds.
struct Run {
    server: Server,
    password: String,
    pushers: Vec<Pusher>,
    offered: Offered,
    /// Where the raced tags pointed after the last round.
    raced: Vec<race::Put>,
    random: Random,
    slowest_start: Duration,
}

impl Run {
    fn begin(seed: u64) -> Self {
        let server = Server::start();
        let password = server.password().to_owned();
        server.create_repository(race::REPOSITORY);
        let mut race = Race::prepare(&mut server.client());
        let raced = race.take_puts();
        let mut random = Random::new(seed);
        let pusher = |number| {
            let repository = format!("crash/pusher-{number}");
            server.create_repository(&repository);
            Pusher::new(&repository, race.clone(), random.number())
        };
        let pushers = (0..PUSHERS).map(pusher).collect();
        let offered = Offered::default();
        Self { server, password, pushers, offered, raced, random, slowest_start: Duration::ZERO }
    }

    /// Lets all pushers work, and kills the server meanwhile.
    fn work_and_kill(&mut self) {
        let life = Duration::from_millis(self.random.between(50, 400) as u64);
        let dying = AtomicBool::new(false);
        let Self { server, password, pushers, offered, .. } = self;
        let address = server.address().to_owned();
        thread::scope(|scope| {
            for pusher in pushers {
                let mut client = Client::logged_in(&address, password);
                let (offered, dying) = (&*offered, &dying);
                scope.spawn(move || pusher.work(&mut client, offered, dying));
            }
            thread::sleep(life);
            dying.store(true, Ordering::SeqCst);
            server.kill();
        });
    }

    fn start_again(&mut self) -> Client {
        if self.random.percent(20) {
            // Once more while it takes up what the last death left.
            self.server.start_again();
            self.server.kill();
        }
        let started = Instant::now();
        self.server.start_again();
        let mut client = Client::logged_in(self.server.address(), &self.password);
        assert_eq!(client.get(&Race::path()).status, 200);
        let took = started.elapsed();
        assert!(took < START_MAX, "the server took {took:?} to its first answer");
        self.slowest_start = self.slowest_start.max(took);
        client
    }

    fn verify(&mut self, client: &mut Client, older: usize) {
        for pusher in &mut self.pushers {
            pusher.settle(client);
            pusher.verify(client, older);
        }
        let mut puts = std::mem::take(&mut self.raced);
        puts.extend(self.pushers.iter_mut().flat_map(|pusher| pusher.race.take_puts()));
        self.raced = race::judge(client, &puts);
    }

    /// The check that an operator would run on what the crash left.
    fn fsck(&self) {
        self.server.longshore(["fsck", "--digests"]).succeeds();
    }

    fn acknowledged(&self) -> u64 {
        self.pushers.iter().map(Pusher::acknowledged).sum()
    }
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
fn nothing_acknowledged_is_lost_to_kill_9() {
    let rounds = number_from("CRASH_ROUNDS").unwrap_or(ROUNDS);
    let seed = number_from("CRASH_SEED").unwrap_or_else(seed_of_today);
    eprintln!("crash: seed {seed}");
    let mut run = Run::begin(seed);
    for round in 1..=rounds {
        run.work_and_kill();
        let inspects = round.is_multiple_of(INSPECTION_EVERY) || round == rounds;
        if inspects {
            run.fsck();
        }
        let mut client = run.start_again();
        let facts: usize = run.pushers.iter().map(|pusher| pusher.known.len()).sum();
        run.verify(&mut client, if inspects { facts } else { OLDER_FACTS });
        if inspects {
            eprintln!("crash: round {round}, {facts} facts hold");
        }
    }
    let (writes, slowest) = (run.acknowledged(), run.slowest_start);
    eprintln!("crash: {rounds} rounds, {writes} acknowledged writes, slowest start {slowest:?}");
    assert!(writes > rounds, "the server hardly did anything");
}

#[test]
fn a_first_start_that_was_killed_can_be_repeated() {
    for moment in 0..30 {
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        let serve = || Process::start(Process::serve(&folder.path().join("data")), folder.path());
        let mut first = serve();
        thread::sleep(Duration::from_millis(moment * 2));
        first.kill();
        serve().await_url();
    }
}
