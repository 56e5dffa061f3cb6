//! A lifecycle policy of twenty rules in a repository of a hundred thousand images: its preview,
//! from the call to the last result; the plan of a run; and the memory that the server has of its
//! own meanwhile.
//!
//! The rows are made by the database itself. Up to a second of a preview is an idle runner that
//! sleeps. The plan is that of a run whose rules take no image, from the moment when the run
//! begins, which the server itself tells, to the moment when it is over.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Floor, Room, Sample, Series, Unit, Workload, fill, rows};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::cost;
use crate::ecr::Ecr;
use crate::peers::{Peer, REPOSITORY, Who, wait};

const IMAGES: usize = 100_000;
const RULES: usize = 20;

const SECONDS_MAX: u64 = 120;
const LOOK_INTERVAL: Duration = Duration::from_millis(10);

const MB: f64 = 1e6;

/// On SQLite and on PostgreSQL.
const TIMES: &[Floor] = &[
    Floor::AtMost { subject: Who::Longshore, value: 2_000.0 },
    Floor::AtMost { subject: Who::OneNode, value: 4_000.0 },
];

static SERIES: [Series; 3] = [
    Series {
        name: "lifecycle_preview",
        title: "preview of 20 rules, 100,000 images",
        unit: Unit::Milliseconds,
        floors: TIMES,
    },
    Series {
        name: "lifecycle_plan",
        title: "plan of a run of 20 rules, 100,000 images",
        unit: Unit::Milliseconds,
        floors: TIMES,
    },
    Series {
        name: "lifecycle_memory",
        title: "memory of its own, peak of both",
        unit: Unit::Bytes,
        floors: &[
            Floor::AtMost { subject: Who::Longshore, value: 100.0 * MB },
            Floor::AtMost { subject: Who::OneNode, value: 100.0 * MB },
        ],
    },
];

pub(super) struct Lifecycle {
    image: Image,
}

impl Lifecycle {
    pub(super) fn new(_plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        Self { image: Image::of(vec![source.fresh()]) }
    }
}

impl Workload for Lifecycle {
    fn name(&self) -> &'static str {
        "lifecycle"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        matches!(who, Who::Longshore | Who::OneNode)
    }

    fn room(&self) -> Room {
        Room::with_images(IMAGES)
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        peer.publish_image(fill::FIRST_TAG, &self.image)?;
        match (peer.database(), peer.data()) {
            (Some(database), _) => rows::add_images_with_layers(database, REPOSITORY, 1, IMAGES),
            (None, Some(data)) => rows::add_images(&data, REPOSITORY, 1, IMAGES),
            (None, None) => Err(anyhow::anyhow!("the server has no rows to add to")),
        }
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let ecr = peer.ecr().context("no AWS door")?;
        let both = || Ok((wait(preview(&ecr))?, wait(plan(peer, &ecr))?));
        let ((preview, plan), memory) = with_peak(&peer.processes(), both)?;
        Ok(SERIES.iter().zip([preview, plan, memory].map(Sample::single)).collect())
    }
}

/// Looks at the memory of servers while they do some work. Linux keeps no peak of what is their
/// own.
fn with_peak<T>(servers: &[u32], work: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let peak = scope.spawn(|| {
            let mut peak = 0;
            while !is_over.load(Ordering::Relaxed) {
                peak = peak.max(cost::own_bytes(servers)?);
                std::thread::sleep(LOOK_INTERVAL);
            }
            anyhow::Ok(peak)
        });
        let done = work();
        is_over.store(true, Ordering::Relaxed);
        let peak = peak.join().expect("looking does not panic")?;
        Ok((done?, peak as f64))
    })
}

/// The milliseconds of a preview.
async fn preview(ecr: &Ecr) -> Result<f64> {
    let begun = Instant::now();
    let policy = policy(Taking::ATenth);
    let start = json!({ "repositoryName": REPOSITORY, "lifecyclePolicyText": policy });
    ecr.call("StartLifecyclePolicyPreview", &start).await?;
    let ask = json!({ "repositoryName": REPOSITORY, "maxResults": 1 });
    let mut preview = Value::Null;
    while preview["status"] != "COMPLETE" {
        ensure!(begun.elapsed() < Duration::from_secs(SECONDS_MAX), "no preview: {preview}");
        tokio::time::sleep(LOOK_INTERVAL).await;
        preview = ecr.call("GetLifecyclePolicyPreview", &ask).await?;
        ensure!(preview["status"] != "FAILED", "the preview failed: {preview}");
    }
    let expiring = preview["summary"]["expiringImageTotalCount"].as_u64();
    ensure!(expiring > Some(IMAGES as u64 / 100), "the rules take too few: {preview}");
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}

/// The milliseconds of a run that takes nothing.
async fn plan(peer: &Peer, ecr: &Ecr) -> Result<f64> {
    let put =
        json!({ "repositoryName": REPOSITORY, "lifecyclePolicyText": policy(Taking::Nothing) });
    ecr.call("PutLifecyclePolicy", &put).await?;
    let ask = json!({ "repositoryName": REPOSITORY });
    let before = ecr.call("GetLifecyclePolicy", &ask).await?["lastEvaluatedAt"].as_f64();
    let begun = Instant::now();
    rows::make_policies_due(peer)?;
    loop {
        ensure!(begun.elapsed() < Duration::from_secs(SECONDS_MAX), "no run has ended");
        tokio::time::sleep(LOOK_INTERVAL).await;
        let policy = ecr.call("GetLifecyclePolicy", &ask).await?;
        // The moment for which images were judged, which is told when the run is over.
        let judged_at = policy["lastEvaluatedAt"].as_f64();
        if let Some(judged_at) = judged_at.filter(|_| judged_at != before) {
            return Ok((Timestamp::now().as_microsecond() as f64 / 1e6 - judged_at) * 1e3);
        }
    }
}

/// How many images the rules take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    /// About a tenth: writing the results down is a part of what is measured, as it is a part of a
    /// preview.
    ATenth,
    Nothing,
}

/// Rules of every kind that expires.
fn policy(taking: Taking) -> String {
    let rules: Vec<Value> = (1..=RULES).map(|priority| rule(priority, taking)).collect();
    json!({ "rules": rules }).to_string()
}

fn rule(priority: usize, taking: Taking) -> Value {
    let tags = match priority {
        RULES => json!({ "tagStatus": "any" }),
        19 => json!({ "tagStatus": "untagged" }),
        _ => json!({ "tagStatus": "tagged", "tagPatternList": [format!("v*{priority}*7")] }),
    };
    let of_newest = |number: usize| match taking {
        Taking::ATenth => number,
        Taking::Nothing => IMAGES,
    };
    let newest =
        |number| json!({ "countType": "imageCountMoreThan", "countNumber": of_newest(number) });
    let count = match priority {
        RULES => newest(90_000),
        even if even % 2 == 0 => newest(500),
        _ => json!({ "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 36_500 }),
    };
    let mut selection = tags;
    if let (Some(selection), Value::Object(count)) = (selection.as_object_mut(), count) {
        selection.extend(count);
    }
    json!({ "rulePriority": priority, "selection": selection, "action": { "type": "expire" } })
}
