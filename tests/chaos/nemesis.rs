//! The faults, chosen by the seed.

use std::sync::Arc;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use black_box::Random;
use black_box::cluster::{Cluster, Faults, Node, Stores, Trouble, Weather, faketime};

use crate::expiry;

/// Longer than a node has to end what is under way.
const STOP_PATIENCE: Duration = Duration::from_secs(45);

/// A node that cannot start while its stores fail is started again until then.
const START_PATIENCE: Duration = Duration::from_mins(1);

/// What was done, and when.
struct Deeds {
    began: Instant,
    done: Mutex<Vec<String>>,
}

impl Deeds {
    fn note(&self, what: &str) {
        let line = format!("{:>7.2} s  {what}", self.began.elapsed().as_secs_f64());
        self.done.lock().expect("a push does not panic").push(line);
    }
}

/// Makes everything fail for a while, and heals it. Ends early when `found_something`. Returns what
/// was done.
pub(crate) fn rage(
    cluster: &mut Cluster,
    random: &mut Random,
    life: Duration,
    found_something: impl Fn() -> bool + Sync,
) -> Vec<String> {
    let deeds = Deeds { began: Instant::now(), done: Mutex::default() };
    let faults: Vec<Arc<Faults>> = cluster.nodes().iter().map(Node::faults).collect();
    let (stores, rows) = (cluster.stores(), cluster.database().clone());
    let is_over = || deeds.began.elapsed() > life || found_something();
    let mut of_stores = Random::new(random.number());
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over() {
                trouble_stores(&stores, &faults, &mut of_stores, &deeds);
                if of_stores.percent(50) {
                    deeds.note("images expire");
                    expiry::make_old(&rows);
                }
                pause(&mut of_stores, 200, 2_000);
            }
        });
        while !is_over() {
            trouble_nodes(cluster, random, &deeds);
            pause(random, 200, 3_000);
        }
    });
    deeds.done.into_inner().expect("a push does not panic")
}

fn pause(random: &mut Random, least_millis: usize, most_millis: usize) {
    thread::sleep(Duration::from_millis(random.between(least_millis, most_millis) as u64));
}

fn trouble_nodes(cluster: &mut Cluster, random: &mut Random, deeds: &Deeds) {
    let node = random.below(cluster.nodes().len());
    match random.below(10) {
        0..4 => {
            deeds.note(&format!("node {node} is killed"));
            cluster.kill(node);
            pause(random, 1, 1_500);
            start_again(cluster, node, random, deeds);
        }
        4..6 => {
            deeds.note(&format!("node {node} is asked to end"));
            let ended = cluster.nodes()[node].stop(STOP_PATIENCE);
            assert!(ended.is_some_and(|status| status.success()), "node {node}: {ended:?}");
            start_again(cluster, node, random, deeds);
        }
        _ => {
            deeds.note(&format!("node {node} is paused"));
            cluster.nodes()[node].pause();
            pause(random, 100, 6_000);
            cluster.nodes()[node].wake();
            deeds.note(&format!("node {node} wakes"));
        }
    }
}

fn start_again(cluster: &mut Cluster, node: usize, random: &mut Random, deeds: &Deeds) {
    let seconds = random.between(60, 400);
    let clock = match random.below(3) {
        0 => Some(format!("+{seconds}s")),
        1 => Some(format!("-{seconds}s")),
        _ => None,
    };
    let clock = clock.filter(|_| faketime().is_some());
    cluster.nodes()[node].set_clock(clock.as_deref());
    let began = Instant::now();
    while let Err(why) = cluster.try_start_again(node) {
        let why = why.lines().last().unwrap_or_default().to_owned();
        deeds.note(&format!("node {node} does not start: {why}"));
        assert!(began.elapsed() < START_PATIENCE, "node {node} does not start: {why}");
    }
    deeds.note(&format!("node {node} serves, its clock off by {}", clock.unwrap_or_default()));
}

fn trouble_stores(stores: &Stores, faults: &[Arc<Faults>], random: &mut Random, deeds: &Deeds) {
    let node = random.below(faults.len());
    match random.below(11) {
        0 | 1 => {
            deeds.note("PostgreSQL crashes");
            stores.postgres.crash();
            pause(random, 50, 2_000);
            stores.postgres.start_again();
            deeds.note("PostgreSQL is back");
        }
        2 => {
            deeds.note("all connections to PostgreSQL are cut");
            for faults in faults {
                faults.rows.cut();
            }
        }
        3 => {
            let weather = Weather { stalls: true, ..Weather::default() };
            weather_of_rows(&faults[node..=node], &weather, "stall", random, deeds);
        }
        4 => {
            faults[node].rows.cut();
            let weather = Weather { refuses: true, ..Weather::default() };
            weather_of_rows(&faults[node..=node], &weather, "are refused", random, deeds);
        }
        5 => {
            let delay = Duration::from_millis(random.between(2, 25) as u64);
            let weather = Weather { delay, ..Weather::default() };
            weather_of_rows(faults, &weather, "are slow", random, deeds);
        }
        6 => {
            let most = Some(random.between(2_000, 60_000));
            let weather = Weather { cut_after_bytes: most, ..Weather::default() };
            weather_of_rows(faults, &weather, "are cut in the middle", random, deeds);
        }
        7 => trouble_bytes(faults, Trouble::Answered(500), random, deeds),
        8 => trouble_bytes(faults, Trouble::Answered(503), random, deeds),
        9 => {
            let late = Duration::from_millis(random.between(100, 1_500) as u64);
            trouble_bytes(faults, Trouble::Slow(late), random, deeds);
        }
        _ => {
            let broken = [Trouble::Cut, Trouble::AnswerLost, Trouble::AnswerCut];
            trouble_bytes(faults, broken[random.below(3)], random, deeds);
        }
    }
}

fn weather_of_rows(
    faults: &[Arc<Faults>],
    weather: &Weather,
    what: &str,
    random: &mut Random,
    deeds: &Deeds,
) {
    deeds.note(&format!("connections of {} nodes to PostgreSQL {what}", faults.len()));
    for faults in faults {
        faults.rows.set(weather.clone());
    }
    pause(random, 300, 4_000);
    for faults in faults {
        faults.rows.set(Weather::default());
    }
    deeds.note("connections to PostgreSQL are well");
}

fn trouble_bytes(faults: &[Arc<Faults>], trouble: Trouble, random: &mut Random, deeds: &Deeds) {
    let chance = [15, 40, 100][random.below(3)];
    deeds.note(&format!("{chance} of 100 requests to S3: {trouble:?}"));
    for faults in faults {
        let mut random = Random::new(random.number());
        faults.bytes.set(move |_| random.percent(chance).then_some(trouble));
    }
    pause(random, 300, 4_000);
    for faults in faults {
        faults.bytes.set(|_| None);
    }
    deeds.note("S3 is well");
}
