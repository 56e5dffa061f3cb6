//! A preview of a lifecycle policy of twenty rules in a repository of a hundred thousand images,
//! from the call to the last result: what a run plans takes the same path.
//!
//! The rows are made by the database itself. Up to a second of a sample is an idle runner that
//! sleeps.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Floor, Room, Sample, Series, Unit, Workload, fill, rows};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::peers::{Peer, REPOSITORY, Who, wait};

const IMAGES: usize = 100_000;
const RULES: usize = 20;

const PREVIEW_SECONDS_MAX: u64 = 120;
const LOOK_INTERVAL: Duration = Duration::from_millis(10);

static SERIES: [Series; 1] = [Series {
    name: "lifecycle_preview",
    title: "preview of 20 rules, 100,000 images",
    unit: Unit::Milliseconds,
    floors: &[
        Floor::AtMost { subject: Who::Longshore, value: 2_000.0 },
        Floor::AtMost { subject: Who::OneNode, value: 4_000.0 },
    ],
}];

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
        let milliseconds = wait(async {
            let begun = Instant::now();
            let start = json!({ "repositoryName": REPOSITORY, "lifecyclePolicyText": policy() });
            ecr.call("StartLifecyclePolicyPreview", &start).await?;
            let ask = json!({ "repositoryName": REPOSITORY, "maxResults": 1 });
            let mut preview = Value::Null;
            while preview["status"] != "COMPLETE" {
                let limit = Duration::from_secs(PREVIEW_SECONDS_MAX);
                ensure!(begun.elapsed() < limit, "no preview in {PREVIEW_SECONDS_MAX} seconds");
                tokio::time::sleep(LOOK_INTERVAL).await;
                preview = ecr.call("GetLifecyclePolicyPreview", &ask).await?;
                ensure!(preview["status"] != "FAILED", "the preview failed: {preview}");
            }
            let expiring = preview["summary"]["expiringImageTotalCount"].as_u64();
            ensure!(expiring > Some(IMAGES as u64 / 100), "the rules take too few: {preview}");
            Ok(begun.elapsed().as_secs_f64() * 1e3)
        })?;
        Ok(vec![(&SERIES[0], Sample::single(milliseconds))])
    }
}

/// Rules of every kind that expires. They take about a tenth of the images: writing the results
/// down is a part of what is measured, as it is a part of a preview.
fn policy() -> String {
    let rules: Vec<Value> = (1..=RULES).map(rule).collect();
    json!({ "rules": rules }).to_string()
}

fn rule(priority: usize) -> Value {
    let tags = match priority {
        RULES => json!({ "tagStatus": "any" }),
        19 => json!({ "tagStatus": "untagged" }),
        _ => json!({ "tagStatus": "tagged", "tagPatternList": [format!("v*{priority}*7")] }),
    };
    let count = match priority {
        RULES => json!({ "countType": "imageCountMoreThan", "countNumber": 90_000 }),
        even if even % 2 == 0 => json!({ "countType": "imageCountMoreThan", "countNumber": 500 }),
        _ => json!({ "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 36_500 }),
    };
    let mut selection = tags;
    if let (Some(selection), Value::Object(count)) = (selection.as_object_mut(), count) {
        selection.extend(count);
    }
    json!({ "rulePriority": priority, "selection": selection, "action": { "type": "expire" } })
}
