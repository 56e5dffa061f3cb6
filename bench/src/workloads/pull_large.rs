//! Large layers, read from memory that the system keeps of the disk, over four connections.
//!
//! The generator receives every byte, as a client would, and forgets it. Where a node sends it to
//! the store, it goes there.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Result, ensure};

use super::{Floor, Room, Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::{Layer, LayerSource};
use crate::load::{Load, Stop, Tally};
use crate::peers::{Peer, REPOSITORY, Who};

const CONNECTIONS: usize = 4;

static SERIES: [Series; 2] = [
    Series {
        name: "pull_large",
        title: "pull of large layers, 4 connections",
        unit: Unit::BytesPerSecond,
        floors: &[
            Floor::Times { subject: Who::Longshore, times: 0.85, of: Who::Nginx },
            Floor::Times { subject: Who::LongshoreStorage, times: 1.0, of: Who::Nginx },
            Floor::Times { subject: Who::LongshoreKms, times: 0.97, of: Who::Longshore },
        ],
    },
    Series {
        name: "pull_large_from_node",
        title: "bytes sent by the node for each byte pulled",
        unit: Unit::Ratio,
        floors: &[Floor::AtMost { subject: Who::OneNodeStorage, value: 0.001 }],
    },
];

pub(super) struct PullLarge {
    layers: Arc<Vec<Layer>>,
    stop: Stop,
}

impl PullLarge {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(plan.large_layer_bytes, nonce);
        let layers = (0..CONNECTIONS).map(|_| source.fresh()).collect();
        Self { layers: Arc::new(layers), stop: Stop::After(plan.sample) }
    }
}

impl Workload for PullLarge {
    fn name(&self) -> &'static str {
        "pull_large"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, _who: Who) -> bool {
        true
    }

    fn room(&self) -> Room {
        let layers: u64 = self.layers.iter().map(Layer::size_bytes).sum();
        Room { prepared_bytes: Room::LITTLE.prepared_bytes + layers, sample_bytes: 0 }
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        self.layers.iter().try_for_each(|layer| peer.publish_layer(layer))
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let entrance = peer.entrance();
        let load = Load { threads: 2, connections: CONNECTIONS, stop: self.stop };
        let from_server = Arc::new(AtomicU64::new(0));
        let outcome = load.run(&peer.processes(), |index, mut turns| {
            let (entrance, layers) = (entrance.clone(), Arc::clone(&self.layers));
            let from_server = Arc::clone(&from_server);
            async move {
                let layer = &layers[index];
                let mut client = entrance.open().await?;
                let path = format!("/v2/{REPOSITORY}/blobs/{}", layer.digest);
                let request = entrance.prepared("GET", &path);
                let mut tally = Tally::default();
                while turns.another() {
                    let begun = Instant::now();
                    let bytes = client.fetch_wherever(&request).await?;
                    ensure!(bytes == layer.size_bytes(), "a layer of {bytes} bytes");
                    tally.record(begun, bytes);
                }
                from_server.fetch_add(client.received_bytes(), Ordering::Relaxed);
                Ok(tally)
            }
        })?;
        let pulled = outcome.tally.bytes as f64;
        let mut samples = vec![(&SERIES[0], Sample::of(outcome, SERIES[0].unit))];
        if peer.who.is_cluster() {
            let share = from_server.load(Ordering::Relaxed) as f64 / pulled;
            samples.push((&SERIES[1], Sample::single(share)));
        }
        Ok(samples)
    }
}
