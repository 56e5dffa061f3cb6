//! Three in ten of ten thousand images expire, and their layers are swept, while others go about
//! their day at the registry: how much longer they wait.
//!
//! Others are the clients of `mixed`, in another repository and each at its own pace, far below
//! what the machine can do. A request that is late because the one before it took long counts from
//! when it was to begin. The database makes the rows: each image that expires has a layer of its
//! own, with a small object in the store, whose lease is over and which counts as condemned long
//! ago, so that it is swept at once. Others are measured from the first expiry to the last object's
//! deletion.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::mixed::{CYCLE, TAG, Visitor, act};
use super::{Floor, Room, Sample, Series, Unit, Workload, metrics, rows};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::load::{Load, Outcome, Stop, Tally};
use crate::peers::{Peer, Who, wait};

const CLIENTS: usize = 16;
/// Between the beginnings of two requests of a client.
const PACE: Duration = Duration::from_millis(25);

/// Where images expire.
const OLD: &str = "bench/old";
const STAYING: usize = 7_000;
const EXPIRING: usize = 3_000;

/// The shortest time in which a percentile means something: it takes some hundred requests that are
/// slower.
const QUIET_MIN: Duration = Duration::from_secs(20);
const SWEPT_SECONDS_MAX: u64 = 300;
const LOOK_INTERVAL: Duration = Duration::from_millis(20);

const CALM: &[Floor] = &[
    Floor::AtMost { subject: Who::Longshore, value: 1.2 },
    Floor::AtMost { subject: Who::OneNode, value: 1.2 },
];

static SERIES: [Series; 4] = [
    series("expiry_quiet", "mixed, 99 of 100 take at most, quiet", Unit::Milliseconds, &[]),
    series("expiry_busy", "the same while 3,000 images expire", Unit::Milliseconds, &[]),
    series("expiry_grows", "the same, while images expire ÷ quiet", Unit::Ratio, CALM),
    series("expiry_swept", "3,000 of 10,000 images expire and are swept", Unit::Milliseconds, &[]),
];

const fn series(
    name: &'static str,
    title: &'static str,
    unit: Unit,
    floors: &'static [Floor],
) -> Series {
    Series { name, title, unit, floors }
}

pub(super) struct Expiry {
    source: Arc<LayerSource>,
    image: Arc<Image>,
    quiet: Duration,
    rounds: usize,
    /// The number of the next image that is made.
    next: AtomicUsize,
}

impl Expiry {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        let image = Image::of((0..3).map(|_| source.fresh()).collect());
        let (quiet, next) = (plan.sample.max(QUIET_MIN), AtomicUsize::new(STAYING));
        Self { source, image: Arc::new(image), quiet, rounds: plan.rounds, next }
    }

    /// The clients of a day, until `is_over`, or for so long.
    fn others(&self, peer: &Peer, is_over: &Arc<AtomicBool>, longest: Duration) -> Result<Outcome> {
        let entrance = peer.entrance();
        let load = Load { threads: 1, connections: CLIENTS, stop: Stop::After(longest) };
        load.run(&peer.processes(), |index, mut turns| {
            let (entrance, is_over) = (entrance.clone(), Arc::clone(is_over));
            let (source, image) = (Arc::clone(&self.source), Arc::clone(&self.image));
            async move {
                let mut visitor = Visitor::enter(&entrance, source, &image).await?;
                let mut tally = Tally::default();
                let first = index * CYCLE / CLIENTS;
                let mut next = Instant::now() + PACE.mul_f64(index as f64 / CLIENTS as f64);
                for step in first.. {
                    let begun = wait_until(next).await;
                    if !turns.another() || is_over.load(Ordering::Relaxed) {
                        break;
                    }
                    visitor.act(act(step), begun, &mut tally).await?;
                    next += PACE;
                }
                Ok(tally)
            }
        })
    }

    /// The same while images expire; and how long that takes.
    fn others_meanwhile(&self, peer: &Peer) -> Result<(Outcome, Duration)> {
        let swept = Swept::begin(peer)?;
        let is_over = Arc::new(AtomicBool::new(false));
        std::thread::scope(|scope| {
            let end = scope.spawn(|| {
                let ended = swept.wait_for_end(peer);
                is_over.store(true, Ordering::Relaxed);
                ended
            });
            let outcome = self.others(peer, &is_over, Duration::from_secs(SWEPT_SECONDS_MAX))?;
            let took = end.join().expect("waiting does not panic")?;
            Ok((outcome, took))
        })
    }
}

impl Workload for Expiry {
    fn name(&self) -> &'static str {
        "expiry"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        matches!(who, Who::Longshore | Who::OneNode)
    }

    fn room(&self) -> Room {
        Room::with_images(STAYING + EXPIRING * self.rounds)
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        peer.publish_image(TAG, &self.image)?;
        let ecr = peer.ecr().context("no AWS door")?;
        wait(ecr.create_repository(OLD))?;
        rows::add_images_that_stay(peer, OLD, STAYING)
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let from = self.next.fetch_add(EXPIRING, Ordering::Relaxed);
        rows::add_images_to_sweep(peer, OLD, from, from + EXPIRING)?;
        let quiet = self.others(peer, &Arc::default(), self.quiet)?;
        let (busy, took) = self.others_meanwhile(peer)?;
        let (quiet, busy) = (of_percentile(quiet), of_percentile(busy));
        let grows = Sample::single(busy.value / quiet.value);
        let swept = Sample::single(took.as_secs_f64() * 1e3);
        Ok(SERIES.iter().zip([quiet, busy, grows, swept]).collect())
    }
}

/// Waits until a moment. Returns when the turn began: then, if that is over already.
async fn wait_until(moment: Instant) -> Instant {
    if Instant::now() >= moment {
        return moment;
    }
    tokio::time::sleep_until(moment.into()).await;
    Instant::now()
}

/// A sample whose value is the 99th percentile.
fn of_percentile(outcome: Outcome) -> Sample {
    let sample = Sample::of(outcome, Unit::Milliseconds);
    Sample { value: f64::from(sample.p99_microseconds) / 1e3, ..sample }
}

/// The end of a sweep that has begun.
struct Swept {
    begun: Instant,
    /// As many objects are reclaimed then.
    objects: u64,
}

impl Swept {
    /// Has the images expire. Returns when the first of them did.
    fn begin(peer: &Peer) -> Result<Self> {
        let ecr = peer.ecr().context("no AWS door")?;
        wait(async {
            let mut client = peer.entrance().open().await?;
            let names = [metrics::EXPIRED, metrics::RECLAIMED];
            let [before, objects] = metrics::read(&mut client, names).await?;
            let input = json!({ "repositoryName": OLD, "lifecyclePolicyText": policy() });
            ecr.call("PutLifecyclePolicy", &input).await?;
            rows::make_policies_due(peer)?;
            let begun = Instant::now();
            while metrics::read(&mut client, [metrics::EXPIRED]).await? == [before] {
                ensure!(begun.elapsed() < Duration::from_secs(SWEPT_SECONDS_MAX), "none expires");
                tokio::time::sleep(LOOK_INTERVAL).await;
            }
            Ok(Self { begun: Instant::now(), objects: objects + EXPIRING as u64 })
        })
    }

    fn wait_for_end(&self, peer: &Peer) -> Result<Duration> {
        wait(async {
            let mut client = peer.entrance().open().await?;
            while metrics::read(&mut client, [metrics::RECLAIMED]).await? < [self.objects] {
                let limit = Duration::from_secs(SWEPT_SECONDS_MAX);
                ensure!(self.begun.elapsed() < limit, "not swept in {SWEPT_SECONDS_MAX} seconds");
                tokio::time::sleep(LOOK_INTERVAL).await;
            }
            Ok(self.begun.elapsed())
        })
    }
}

fn policy() -> String {
    let selection = json!({
        "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1,
    });
    let rule = json!({ "rulePriority": 1, "selection": selection, "action": { "type": "expire" } });
    json!({ "rules": [rule] }).to_string()
}
