//! The request that starts every pull: a manifest by its tag, by a caller with the right to it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::{Floor, Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::cost;
use crate::load::{Load, Stop, Tally};
use crate::peers::{Peer, REPOSITORY, Who};

const CONNECTIONS: usize = 16;
const TAG: &str = "v1";

static SERIES: [Series; 3] = [
    Series {
        name: "manifest_by_tag",
        title: "manifest by tag, 16 connections",
        unit: Unit::RequestsPerSecond,
        floors: &[
            Floor::Times { subject: Who::Longshore, times: 10.0, of: Who::DockerRegistry },
            // Not under what it was when these were set, 29 and 1.04, less a tenth for noise.
            Floor::Times { subject: Who::Longshore, times: 26.0, of: Who::DockerRegistryOpen },
            Floor::Times { subject: Who::Longshore, times: 0.9, of: Who::Nginx },
        ],
    },
    Series {
        name: "manifest_by_tag_per_core",
        title: "manifest by tag, for each processor second of the server",
        unit: Unit::RequestsPerSecond,
        floors: &[Floor::Times { subject: Who::OneNode, times: 0.5, of: Who::Longshore }],
    },
    Series {
        name: "manifest_by_tag_per_core_in_all",
        title: "manifest by tag, for each processor second of the server and its database",
        unit: Unit::RequestsPerSecond,
        floors: &[],
    },
];

pub(super) struct ManifestByTag {
    image: Image,
    sample: Duration,
}

impl ManifestByTag {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        let layers = (0..3).map(|_| source.fresh()).collect();
        Self { image: Image::of(layers), sample: plan.sample }
    }
}

impl Workload for ManifestByTag {
    fn name(&self) -> &'static str {
        "manifest_by_tag"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        !matches!(who, Who::LongshoreKms | Who::LongshoreStorage | Who::OneNodeStorage | Who::Limit)
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        peer.publish_image(TAG, &self.image)
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let entrance = Arc::new(peer.entrance());
        let load = Load { threads: 1, connections: CONNECTIONS, stop: Stop::After(self.sample) };
        let database = peer.database_processes();
        let before = cost::cpu_seconds(&database)?;
        let outcome = load.run(&peer.processes(), |_, mut turns| {
            let entrance = Arc::clone(&entrance);
            async move {
                let mut client = entrance.open().await?;
                let path = format!("/v2/{REPOSITORY}/manifests/{TAG}");
                let request = entrance.prepared("GET", &path);
                let mut tally = Tally::default();
                while turns.another() {
                    let begun = Instant::now();
                    let bytes = client.fetch(&request).await?;
                    tally.record(begun, bytes);
                }
                Ok(tally)
            }
        })?;
        let database_seconds = cost::cpu_seconds(&database)? - before;
        let whole = Sample::of(outcome, SERIES[0].unit);
        let mut samples = vec![(&SERIES[0], whole.clone())];
        // A processor's time is counted in hundredths of a second.
        if whole.server_cpu_seconds > 0.1 {
            let value = whole.turns as f64 / whole.server_cpu_seconds;
            samples.push((&SERIES[1], Sample { value, ..whole.clone() }));
            let in_all = whole.server_cpu_seconds + database_seconds;
            let value = whole.turns as f64 / in_all;
            samples.push((&SERIES[2], Sample { value, server_cpu_seconds: in_all, ..whole }));
        }
        Ok(samples)
    }
}
