//! One client floods the server, and another keeps pulling and pushing undisturbed.
//!
//! Each flood is bounded in count and time, and comes from its own address on this machine. The
//! test requires that the other client's p99 stays under three times its value without a flood,
//! that the server's memory stays under 512 MiB, and that ten seconds after the flood everything is
//! as before. Test machines have much else to do, so a time has a floor, and the best of a few
//! windows counts: a flood that stops others stops them in all windows.

mod bystander;
mod floods;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use black_box::{Server, authorization, is_about_one_process};

use self::bystander::Bystander;
use self::floods::{FLOODS, Flood, Target};

/// How long the other client is watched at a time, and how often at most.
const WINDOW: Duration = Duration::from_secs(1);
const WINDOWS: usize = 4;

/// Below this nothing is slow, even if it is faster in quiet: the flood's client itself takes its
/// share of the machine.
const P99_FLOOR: Duration = Duration::from_millis(200);

const MEMORY_BYTES_MAX: u64 = 512 << 20;

const RECOVERED_WITHIN: Duration = Duration::from_secs(10);

/// How long a flood rises before it is measured.
const RISE: Duration = Duration::from_secs(1);

/// Tells a flood to end, also when a test fails in it.
struct EndsWhenDropped<'a>(&'a AtomicBool);

impl Drop for EndsWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_client_that_floods_the_server_stops_no_other() {
    if is_about_one_process("floods") {
        return;
    }
    let only = std::env::var("FLOOD").ok();
    for flood in FLOODS.iter().filter(|flood| only.as_ref().is_none_or(|only| only == flood.name)) {
        withstand(flood);
    }
}

fn withstand(flood: &Flood) {
    let server = Server::start();
    let mut bystander = Bystander::new(&server);
    let prepared = (flood.prepare)(&server);
    bystander.watch(WINDOW / 2);
    let quiet = (0..2).map(|_| bystander.watch(WINDOW)).max().unwrap_or_default();
    let bound = (quiet * 3).max(P99_FLOOR);
    let target = Target {
        address: server.address().to_owned(),
        authorization: authorization(server.password()),
        prepared,
    };
    let ended = AtomicBool::new(false);
    let best = thread::scope(|scope| {
        for number in 0..flood.clients {
            let (target, ended) = (&target, &ended);
            scope.spawn(move || {
                // The flood is what it sends, not the time that it takes from a machine that it
                // shares with the server.
                rustix::process::nice(10).expect("a thread may leave the machine to others");
                (flood.attack)(target, number, ended);
            });
        }
        let _ends = EndsWhenDropped(&ended);
        thread::sleep(RISE);
        let windows = (0..WINDOWS).map(|_| bystander.watch(WINDOW));
        let mut best = Duration::MAX;
        for p99 in windows {
            best = best.min(p99);
            if best <= bound {
                break;
            }
        }
        best
    });
    let memory = bystander.memory_bytes_max >> 20;
    println!("{}: p99 {quiet:?} in quiet, {best:?} in the flood; {memory} MiB", flood.name);
    assert!(bystander.memory_bytes_max < MEMORY_BYTES_MAX, "{}: {memory} MiB", flood.name);
    let over = Instant::now();
    while bystander.watch(WINDOW / 2) > bound {
        assert!(over.elapsed() < RECOVERED_WITHIN, "{}: not over ten seconds later", flood.name);
    }
    if best > bound {
        // The machine may have become slower since it was quiet.
        let quiet = (0..2).map(|_| bystander.watch(WINDOW)).max().unwrap_or_default();
        assert!(best <= quiet * 3, "{}: p99 is {best:?}, and {quiet:?} in quiet", flood.name);
    }
}
