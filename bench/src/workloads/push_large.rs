//! Large layers that the server has never seen: `POST`, one streaming `PATCH` in chunks of unknown
//! total, `PUT`, as `docker push` does, over four connections.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;

use super::{Floor, Room, Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::LayerSource;
use crate::load::{Load, Stop, Tally};
use crate::peers::{Peer, REPOSITORY, Who};

const CONNECTIONS: usize = 4;

static SERIES: [Series; 2] = [
    Series {
        name: "push_large",
        title: "push of large layers, 4 connections",
        unit: Unit::BytesPerSecond,
        floors: &[
            Floor::Times { subject: Who::Longshore, times: 2.5, of: Who::DockerRegistry },
            Floor::OnMemory(&Floor::Times {
                subject: Who::Longshore,
                times: 2.5,
                of: Who::DockerRegistryOpen,
            }),
            Floor::Times { subject: Who::Longshore, times: 2.0, of: Who::Zot },
            Floor::Times { subject: Who::Longshore, times: 0.7, of: Who::Limit },
            Floor::Times { subject: Who::LongshoreKms, times: 0.97, of: Who::Longshore },
        ],
    },
    Series {
        name: "push_large_to_store",
        title: "bytes sent to the store for each byte pushed",
        unit: Unit::Ratio,
        floors: &[
            Floor::AtMost { subject: Who::OneNode, value: 1.02 },
            Floor::AtMost { subject: Who::ThreeNodes, value: 1.02 },
        ],
    },
];

pub(super) struct PushLarge {
    source: Arc<LayerSource>,
}

impl PushLarge {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        Self { source: LayerSource::new(plan.large_layer_bytes, nonce) }
    }
}

impl Workload for PushLarge {
    fn name(&self) -> &'static str {
        "push_large"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        (who.is_registry() || who == Who::Limit) && who != Who::OneNodeStorage
    }

    fn room(&self) -> Room {
        let pushed = self.source.size_bytes() * CONNECTIONS as u64;
        Room { sample_bytes: pushed + pushed / 16, ..Room::LITTLE }
    }

    fn prepare(&self, _peer: &Peer) -> Result<()> {
        Ok(())
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let entrance = peer.entrance();
        let sent_before = peer.bytes_to_store();
        let load = Load { threads: 2, connections: CONNECTIONS, stop: Stop::Turns(1) };
        let outcome = load.run(&peer.processes(), |_, mut turns| {
            let (entrance, source) = (entrance.clone(), Arc::clone(&self.source));
            async move {
                let mut client = entrance.open().await?;
                let mut tally = Tally::default();
                while turns.another() {
                    let layer = source.fresh();
                    let begun = Instant::now();
                    client.push_layer(REPOSITORY, &layer).await?;
                    tally.record(begun, layer.size_bytes());
                }
                Ok(tally)
            }
        })?;
        let pushed = outcome.tally.bytes as f64;
        let mut samples = vec![(&SERIES[0], Sample::of(outcome, SERIES[0].unit))];
        if let (Some(before), Some(after)) = (sent_before, peer.bytes_to_store()) {
            samples.push((&SERIES[1], Sample::single((after - before) as f64 / pushed)));
        }
        Ok(samples)
    }
}
