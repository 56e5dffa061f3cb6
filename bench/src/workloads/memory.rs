//! Memory, when nothing happens and when a hundred large transfers do.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::time::timeout;

use super::{Floor, Room, Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::{Layer, LayerSource};
use crate::cost;
use crate::load::{Load, Stop, Tally};
use crate::oci::Client;
use crate::peers::{Peer, REPOSITORY, Who};

/// Half of them pull, half of them push.
const TRANSFERS: usize = 100;

/// Transfers that last longer are cut off: their peak was seen long before.
const TRANSFER_SECONDS_MAX: u64 = 20;

const MB: f64 = 1e6;

static SERIES: [Series; 2] = [
    Series {
        name: "memory_idle",
        title: "memory, idle after start",
        unit: Unit::Bytes,
        floors: &[Floor::AtMost { subject: Who::Longshore, value: 25.0 * MB }],
    },
    Series {
        name: "memory_transfers",
        title: "memory, peak of 100 concurrent transfers",
        unit: Unit::Bytes,
        floors: &[Floor::AtMost { subject: Who::Longshore, value: 128.0 * MB }],
    },
];

pub(super) struct Memory {
    source: Arc<LayerSource>,
    pulled: Arc<Layer>,
}

impl Memory {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(plan.transfer_bytes, nonce);
        let pulled = Arc::new(source.fresh());
        Self { source, pulled }
    }
}

impl Workload for Memory {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        matches!(who, Who::Longshore | Who::DockerRegistryOpen | Who::Zot)
    }

    fn room(&self) -> Room {
        let one = self.pulled.size_bytes();
        Room {
            prepared_bytes: Room::LITTLE.prepared_bytes + one,
            sample_bytes: one * TRANSFERS as u64 / 2,
        }
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        peer.publish_layer(&self.pulled)
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        peer.stop();
        peer.resume()?;
        std::thread::sleep(Duration::from_secs(1));
        let idle = cost::resident_bytes(&peer.processes())?;
        cost::forget_peak(&peer.processes())?;
        let mut sample = Sample::of(self.transfer(peer)?, Unit::Bytes);
        sample.value = cost::peak_bytes(&peer.processes())? as f64;
        Ok(vec![(&SERIES[0], Sample::single(idle as f64)), (&SERIES[1], sample)])
    }
}

impl Memory {
    fn transfer(&self, peer: &Peer) -> Result<crate::load::Outcome> {
        let entrance = peer.entrance();
        let load = Load { threads: 2, connections: TRANSFERS, stop: Stop::Turns(1) };
        load.run(&peer.processes(), |index, _| {
            let (entrance, pulled) = (entrance.clone(), Arc::clone(&self.pulled));
            let source = Arc::clone(&self.source);
            async move {
                let mut client = entrance.open().await?;
                let begun = Instant::now();
                let limit = Duration::from_secs(TRANSFER_SECONDS_MAX);
                let moved = if index % 2 == 0 {
                    timeout(limit, pull(&mut client, &pulled)).await
                } else {
                    let pushed = source.fresh();
                    timeout(limit, push(&mut client, &pushed)).await
                };
                let mut tally = Tally::default();
                if let Ok(bytes) = moved {
                    tally.record(begun, bytes?);
                }
                Ok(tally)
            }
        })
    }
}

async fn pull(client: &mut Client, layer: &Layer) -> Result<u64> {
    client.get(&format!("/v2/{REPOSITORY}/blobs/{}", layer.digest)).await
}

async fn push(client: &mut Client, layer: &Layer) -> Result<u64> {
    client.push_layer(REPOSITORY, layer).await.map(|()| layer.size_bytes())
}
