//! Delivers events: goes round among the targets for as long as something is due.
//!
//! Each round matches new events with who listens, and begins the turns of targets that something
//! is due for. Turns run beside each other, so that a target that hangs holds up nothing but
//! itself. A target that could not be reached rests.
//!
//! A crash leaves what was sent and not settled, which is sent again (`crate::events::delivery`).

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use db::{DbError, Tx};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jobs::{Job, Lane, Moves, Outcome};
use names::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

use crate::events::delivery::backoff::pause;
use crate::events::delivery::sending::Turn;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeliverEvents {}

impl Job for DeliverEvents {
    const NAME: &'static str = "deliver_events";
    const LANE: Lane = Lane::Events;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        "all".to_owned()
    }
}

/// How often it is looked for new events while turns are under way or targets rest.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The same while nothing but targets that rest is left.
const LOOK_RARELY: Duration = Duration::from_secs(1);

/// Targets whose turns are under way at most.
const TURNS_MAX: usize = 64;

/// The longest rest of a target that cannot be reached.
const REST_MAX: Duration = Duration::from_mins(1);

type TurnEnd<'a> = Pin<Box<dyn Future<Output = (String, Result<Turn, Failure>)> + Send + 'a>>;

/// The targets of a round.
#[derive(Default)]
struct Round {
    /// Those whose turns are under way.
    busy: BTreeSet<String>,
    /// Those that could not be reached: how often, and until when they rest.
    resting: BTreeMap<String, (u32, Instant)>,
}

/// What there is to do.
struct Due {
    targets: Vec<String>,
    /// When the next delivery is due that is not due now.
    next: Option<Timestamp>,
    /// Whether something is due for a target that is busy or rests.
    waits: bool,
}

impl Operations {
    pub(super) async fn deliver_events(&self, _job: DeliverEvents) -> Result<Outcome, Failure> {
        let _delivering = Delivering::note(&self.delivering);
        self.go_round().await
    }

    async fn go_round(&self) -> Result<Outcome, Failure> {
        let mut round = Round::default();
        let mut turns: FuturesUnordered<TurnEnd<'_>> = FuturesUnordered::new();
        let mut quiet_since = Instant::now();
        loop {
            let is_full = self.match_events().await?;
            let due = self.find_due(&round).await?;
            for target in due.targets {
                round.busy.insert(target.clone());
                turns.push(Box::pin(async move {
                    let turn = self.deliver_to(&target).await;
                    (target, turn)
                }));
            }
            if is_full || !turns.is_empty() {
                quiet_since = Instant::now();
            } else if !due.waits && quiet_since.elapsed() >= self.outlets.linger {
                return Ok(due.next.map_or(Outcome::Done, Outcome::Again));
            }
            if is_full {
                continue;
            }
            let pause = if turns.is_empty() && due.waits { LOOK_RARELY } else { LOOK_EVERY };
            tokio::select! {
                Some((target, turn)) = turns.next() => round.end(target, turn?),
                () = sleep(pause) => {}
            }
        }
    }

    async fn find_due(&self, round: &Round) -> Result<Due, Failure> {
        let (now, busy) = (self.now(), round.busy.clone());
        let resting = round.resting();
        let find = move |tx: &mut Tx<'_>| {
            let mut due = Due { targets: Vec::new(), next: None, waits: false };
            let mut after = String::new();
            while let Some((target, at)) = tx.find_next_event_target(&after)? {
                after.clone_from(&target);
                if at > now {
                    due.next = Some(due.next.map_or(at, |next| next.min(at)));
                } else if busy.contains(&target) || resting.contains(&target) {
                    due.waits = true;
                } else if busy.len() + due.targets.len() < TURNS_MAX {
                    due.targets.push(target);
                } else {
                    due.waits = true;
                    break;
                }
            }
            Ok(due)
        };
        let found: Result<_, DbError> = self.db.read(find).await;
        Ok(found?)
    }

    /// Queues the job if there is something for it to do and it is not running here. Costs two
    /// reads otherwise.
    pub async fn wake_event_delivery(&self) -> Result<(), Failure> {
        if self.delivering.load(Ordering::Relaxed) {
            return Ok(());
        }
        let now = self.now();
        let look = move |tx: &mut Tx<'_>| {
            let has_pending = !tx.list_pending_events(1)?.is_empty();
            let has_due = has_pending || {
                let first = tx.find_next_event_target("")?;
                first.is_some() && !tx.job_is_known(DeliverEvents::NAME, "all")?
            };
            Ok(has_due)
        };
        let has_work: Result<_, DbError> = self.db.read(look).await;
        if has_work? {
            let queue = move |tx: &mut Tx<'_>| jobs::enqueue(tx, &DeliverEvents {}, now, now);
            let queued: Result<(), DbError> = self.db.write(queue).await;
            queued?;
        }
        Ok(())
    }
}

/// Notes that the job runs here, until it ends or is stopped.
struct Delivering<'a>(&'a AtomicBool);

impl<'a> Delivering<'a> {
    fn note(is_running: &'a AtomicBool) -> Self {
        is_running.store(true, Ordering::Relaxed);
        Self(is_running)
    }
}

impl Drop for Delivering<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Round {
    fn end(&mut self, target: String, turn: Turn) {
        self.busy.remove(&target);
        match turn {
            Turn::Well => {
                self.resting.remove(&target);
            }
            Turn::Unreachable => {
                let failures = self.resting.get(&target).map_or(0, |(failures, _)| *failures) + 1;
                let rest = pause(failures, keys::random::<1>()[0]).min(REST_MAX);
                self.resting.insert(target, (failures, Instant::now() + rest));
            }
        }
    }

    /// The targets that rest now.
    fn resting(&self) -> BTreeSet<String> {
        let now = Instant::now();
        let rest = self.resting.iter().filter(|(_, (_, until))| *until > now);
        rest.map(|(target, _)| target.clone()).collect()
    }
}
