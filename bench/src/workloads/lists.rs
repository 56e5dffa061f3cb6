//! The first page of a list, one caller at a time, in a deep repository.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;

use super::{Floor, Room, Sample, Series, Unit, Workload, fill};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::load::{Load, Stop, Tally};
use crate::peers::{Peer, REPOSITORY, Who};

pub(super) const PAGE: usize = 100;
const FLOORS: &[Floor] = &[Floor::AtMost { subject: Who::Longshore, value: 5.0 }];

static SERIES: [Series; 3] = [
    Series {
        name: "tags_list",
        title: "tags/list, first page",
        unit: Unit::Milliseconds,
        floors: FLOORS,
    },
    Series {
        name: "list_images",
        title: "ListImages, first page",
        unit: Unit::Milliseconds,
        floors: FLOORS,
    },
    Series {
        name: "describe_images",
        title: "DescribeImages, first page",
        unit: Unit::Milliseconds,
        floors: FLOORS,
    },
];

pub(super) struct Lists {
    image: Arc<Image>,
    images: usize,
    sample: Duration,
}

impl Lists {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        let image = Arc::new(Image::of(vec![source.fresh()]));
        Self { image, images: plan.images, sample: plan.sample / 4 }
    }
}

impl Workload for Lists {
    fn name(&self) -> &'static str {
        "lists"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        matches!(who, Who::Longshore | Who::DockerRegistryOpen | Who::Zot)
    }

    fn room(&self) -> Room {
        Room::with_images(self.images)
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        fill::with_images(peer, &self.image, self.images)
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let path = format!("/v2/{REPOSITORY}/tags/list?n={PAGE}");
        let [tags_list, list_images, describe_images] = &SERIES;
        let request = peer.entrance().prepared("GET", &path);
        let mut samples = vec![(tags_list, repeat(peer, tags_list, self.sample, request)?)];
        if let Some(ecr) = peer.ecr() {
            let page = json!({ "repositoryName": REPOSITORY, "maxResults": PAGE });
            for (series, operation) in
                [(list_images, "ListImages"), (describe_images, "DescribeImages")]
            {
                let request = ecr.prepared(operation, &page);
                samples.push((series, repeat(peer, series, self.sample, request)?));
            }
        }
        Ok(samples)
    }
}

/// One caller that repeats the same request.
pub(super) fn repeat(
    peer: &Peer,
    series: &'static Series,
    sample: Duration,
    request: Vec<u8>,
) -> Result<Sample> {
    let entrance = peer.entrance();
    let request = Arc::new(request);
    let load = Load { threads: 1, connections: 1, stop: Stop::After(sample) };
    let outcome = load.run(&peer.processes(), |_, mut turns| {
        let (entrance, request) = (entrance.clone(), Arc::clone(&request));
        async move {
            let mut client = entrance.open().await?;
            let mut tally = Tally::default();
            while turns.another() {
                let begun = Instant::now();
                let bytes = client.fetch(&request).await?;
                tally.record(begun, bytes);
            }
            Ok(tally)
        }
    });
    Ok(Sample::of(outcome.context(series.name)?, series.unit))
}
