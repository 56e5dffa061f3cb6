//! Small images, each new from its first byte: three layers of 64 KiB, a configuration and a
//! manifest under a tag of its own, pushed by eight clients that each ask first.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::{Floor, Room, Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::load::{Load, Stop, Tally};
use crate::peers::{Peer, REPOSITORY, Who};

const CLIENTS: usize = 8;
const LAYERS: usize = 3;

/// Faster than memory takes images of this size.
const BYTES_PER_SECOND_MAX: u64 = 2_000_000_000;

static SERIES: [Series; 1] = [Series {
    name: "push_small",
    title: "push of small images, 8 clients",
    unit: Unit::ImagesPerSecond { requests: 17 },
    floors: &[
        Floor::Times { subject: Who::Longshore, times: 5.0, of: Who::DockerRegistry },
        Floor::Times { subject: Who::Longshore, times: 10.0, of: Who::DockerRegistryOpen },
        Floor::Times { subject: Who::OneNode, times: 5.0, of: Who::DockerRegistryS3 },
        Floor::Times { subject: Who::LongshoreKms, times: 0.9, of: Who::Longshore },
    ],
}];

pub(super) struct PushSmall {
    source: Arc<LayerSource>,
    sample: Duration,
}

impl PushSmall {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        Self { source: LayerSource::new(64 * 1024, nonce), sample: plan.sample }
    }
}

impl Workload for PushSmall {
    fn name(&self) -> &'static str {
        "push_small"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        let is_other = matches!(who, Who::LongshoreStorage | Who::OneNodeStorage);
        (who.is_registry() || who == Who::Limit) && !is_other
    }

    fn room(&self) -> Room {
        let sample_bytes = self.sample.as_secs().max(1) * BYTES_PER_SECOND_MAX;
        Room { sample_bytes, ..Room::LITTLE }
    }

    fn prepare(&self, _peer: &Peer) -> Result<()> {
        Ok(())
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let entrance = peer.entrance();
        let load = Load { threads: 1, connections: CLIENTS, stop: Stop::After(self.sample) };
        let outcome = load.run(&peer.processes(), |_, mut turns| {
            let (entrance, source) = (entrance.clone(), Arc::clone(&self.source));
            async move {
                let mut client = entrance.open().await?;
                let mut tally = Tally::default();
                while turns.another() {
                    let image = Image::of((0..LAYERS).map(|_| source.fresh()).collect());
                    let tag = &image.config_digest["sha256:".len()..];
                    let begun = Instant::now();
                    client.push_image(REPOSITORY, tag, &image).await?;
                    tally.record(begun, image.size_bytes());
                }
                Ok(tally)
            }
        })?;
        Ok(vec![(&SERIES[0], Sample::of(outcome, SERIES[0].unit))])
    }
}
