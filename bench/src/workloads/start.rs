//! From nothing to the first answer, with a deep repository on disk.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;

use super::{Floor, Room, Sample, Series, Unit, Workload, fill};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::peers::{Peer, REPOSITORY, Who, wait};

static SERIES: [Series; 1] = [Series {
    name: "start",
    title: "start to first answer",
    unit: Unit::Milliseconds,
    floors: &[Floor::AtMost { subject: Who::Longshore, value: 200.0 }],
}];

pub(super) struct Start {
    image: Arc<Image>,
    images: usize,
}

impl Start {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        Self { image: Arc::new(Image::of(vec![source.fresh()])), images: plan.images }
    }
}

impl Workload for Start {
    fn name(&self) -> &'static str {
        "start"
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

    /// Stops the server, starts it, and requests a manifest with the credentials from before.
    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        peer.stop();
        let begun = Instant::now();
        peer.resume()?;
        let path = format!("/v2/{REPOSITORY}/manifests/{}", fill::FIRST_TAG);
        wait(async { peer.entrance().open().await?.get(&path).await })?;
        let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
        Ok(vec![(&SERIES[0], Sample::single(milliseconds))])
    }
}
