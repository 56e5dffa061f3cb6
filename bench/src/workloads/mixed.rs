//! A day at a registry, in the proportions that were published of a large one: of a hundred
//! requests 92 are `GET`, 5 are `HEAD`, and 3 push a layer (`POST`, `PATCH`, `PUT`).

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::{Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::load::{Load, Stop, Tally};
use crate::oci::{Client, Entrance};
use crate::peers::{Peer, REPOSITORY, Who};

const CLIENTS: usize = 16;
/// Of the image that all clients pull.
pub(super) const TAG: &str = "v1";

static SERIES: [Series; 1] = [Series {
    name: "mixed",
    title: "mixed: 92 % GET, 5 % HEAD, 3 % push, 16 clients",
    unit: Unit::RequestsPerSecond,
    floors: &[],
}];

/// The next action of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    FetchManifest,
    FetchLayer,
    AskForManifest,
    Push,
}

/// A hundred requests in ninety-eight acts, since a push is three.
pub(super) const CYCLE: usize = 98;

/// The acts are spread over the cycle so that pushes and pulls always meet.
pub(super) fn act(step: usize) -> Act {
    match step % CYCLE {
        49 => Act::Push,
        place if place % 18 == 9 => Act::AskForManifest,
        place if place % 2 == 0 => Act::FetchManifest,
        _ => Act::FetchLayer,
    }
}

pub(super) struct Mixed {
    source: Arc<LayerSource>,
    image: Arc<Image>,
    sample: Duration,
}

impl Mixed {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        let image = Image::of((0..3).map(|_| source.fresh()).collect());
        Self { source, image: Arc::new(image), sample: plan.sample }
    }
}

impl Workload for Mixed {
    fn name(&self) -> &'static str {
        "mixed"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        let is_other = matches!(who, Who::LongshoreKms | Who::LongshoreStorage);
        who.is_registry() && !is_other && !who.is_backed()
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        peer.publish_image(TAG, &self.image)
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let entrance = peer.entrance();
        let load = Load { threads: 1, connections: CLIENTS, stop: Stop::After(self.sample) };
        let outcome = load.run(&peer.processes(), |index, mut turns| {
            let entrance = entrance.clone();
            let (source, image) = (Arc::clone(&self.source), Arc::clone(&self.image));
            async move {
                let mut visitor = Visitor::enter(&entrance, source, &image).await?;
                let mut tally = Tally::default();
                let first = index * CYCLE / CLIENTS;
                for step in first.. {
                    if !turns.another() {
                        break;
                    }
                    visitor.act(act(step), Instant::now(), &mut tally).await?;
                }
                Ok(tally)
            }
        })?;
        Ok(vec![(&SERIES[0], Sample::of(outcome, SERIES[0].unit))])
    }
}

/// One connection, with its prepared requests.
pub(super) struct Visitor {
    client: Client,
    source: Arc<LayerSource>,
    fetch_manifest: Vec<u8>,
    ask_for_manifest: Vec<u8>,
    fetch_layer: Vec<u8>,
}

impl Visitor {
    pub(super) async fn enter(
        entrance: &Entrance,
        source: Arc<LayerSource>,
        image: &Image,
    ) -> Result<Self> {
        let client = entrance.open().await?;
        let manifest = format!("/v2/{REPOSITORY}/manifests/{TAG}");
        let layer = format!("/v2/{REPOSITORY}/blobs/{}", image.layers[0].digest);
        Ok(Self {
            fetch_manifest: entrance.prepared("GET", &manifest),
            ask_for_manifest: entrance.prepared("HEAD", &manifest),
            fetch_layer: entrance.prepared("GET", &layer),
            client,
            source,
        })
    }

    /// The requests of an act that began at this moment; each of them is a turn.
    pub(super) async fn act(&mut self, act: Act, begun: Instant, tally: &mut Tally) -> Result<()> {
        match act {
            Act::FetchManifest => self.client.fetch(&self.fetch_manifest).await.map(drop)?,
            Act::FetchLayer => self.client.fetch(&self.fetch_layer).await.map(drop)?,
            Act::AskForManifest => {
                let status = self.client.ask(&self.ask_for_manifest).await?;
                ensure!(status == 200, "status {status} to HEAD");
            }
            Act::Push => return self.push(begun, tally).await,
        }
        tally.record(begun, 0);
        Ok(())
    }

    async fn push(&mut self, begun: Instant, tally: &mut Tally) -> Result<()> {
        let layer = self.source.fresh();
        let upload = self.client.begin_upload(REPOSITORY).await?;
        tally.record(begun, 0);
        let begun = Instant::now();
        let upload = self.client.upload_layer(&upload, &layer).await?;
        tally.record(begun, 0);
        let begun = Instant::now();
        self.client.end_upload(upload, &layer.digest).await?;
        tally.record(begun, 0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_requests_are_mixed_as_promised() {
        let count = |wanted| (0..CYCLE).filter(|&step| act(step) == wanted).count();
        let gets = count(Act::FetchManifest) + count(Act::FetchLayer);
        assert_eq!((gets, count(Act::AskForManifest), 3 * count(Act::Push)), (92, 5, 3));
    }
}
