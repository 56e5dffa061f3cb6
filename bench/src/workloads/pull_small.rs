//! Small images, pulled whole: manifest by tag, configuration, three layers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::{Floor, Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::load::{Load, Stop, Tally};
use crate::oci::Entrance;
use crate::peers::{Peer, REPOSITORY, Who};

const CLIENTS: usize = 8;
const IMAGES: usize = 20;
const LAYERS: usize = 3;

static SERIES: [Series; 1] = [Series {
    name: "pull_small",
    title: "pull of small images, 8 clients",
    unit: Unit::ImagesPerSecond { requests: 5 },
    floors: &[
        Floor::Times { subject: Who::Longshore, times: 0.7, of: Who::Nginx },
        Floor::Times { subject: Who::Longshore, times: 40.0, of: Who::DockerRegistryOpen },
        Floor::Times { subject: Who::LongshoreKms, times: 0.9, of: Who::Longshore },
    ],
}];

pub(super) struct PullSmall {
    images: Arc<Vec<Image>>,
    sample: Duration,
}

impl PullSmall {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        let images = (0..IMAGES).map(|_| Image::of((0..LAYERS).map(|_| source.fresh()).collect()));
        Self { images: Arc::new(images.collect()), sample: plan.sample }
    }
}

impl Workload for PullSmall {
    fn name(&self) -> &'static str {
        "pull_small"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        !matches!(who, Who::LongshoreStorage | Who::Limit) && !who.is_backed()
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        let mut numbered = self.images.iter().enumerate();
        numbered.try_for_each(|(number, image)| peer.publish_image(&tag(number), image))
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let entrance = peer.entrance();
        let load = Load { threads: 1, connections: CLIENTS, stop: Stop::After(self.sample) };
        let outcome = load.run(&peer.processes(), |index, mut turns| {
            let (entrance, images) = (entrance.clone(), Arc::clone(&self.images));
            async move {
                let mut client = entrance.open().await?;
                let pulls: Vec<_> = (0..IMAGES)
                    .map(|number| requests(&entrance, number, &images[number]))
                    .collect();
                let mut tally = Tally::default();
                for pull in pulls.iter().cycle().skip(index) {
                    if !turns.another() {
                        break;
                    }
                    let begun = Instant::now();
                    let mut bytes = 0;
                    for request in pull {
                        bytes += client.fetch(request).await?;
                    }
                    tally.record(begun, bytes);
                }
                Ok(tally)
            }
        })?;
        Ok(vec![(&SERIES[0], Sample::of(outcome, SERIES[0].unit))])
    }
}

fn tag(number: usize) -> String {
    format!("v{number}")
}

/// The requests of a pull, in order.
fn requests(entrance: &Entrance, number: usize, image: &Image) -> Vec<Vec<u8>> {
    let manifest = format!("/v2/{REPOSITORY}/manifests/{}", tag(number));
    let blobs = image.blob_digests().map(|digest| format!("/v2/{REPOSITORY}/blobs/{digest}"));
    std::iter::once(manifest).chain(blobs).map(|path| entrance.prepared("GET", &path)).collect()
}
