//! Making a repository deep.

use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;

use super::rows;
use crate::content::Image;
use crate::load::{Load, Stop, Tally};
use crate::peers::{Peer, REPOSITORY};

const CONNECTIONS: usize = 8;

/// The tag of the first image.
pub(super) const FIRST_TAG: &str = "v0";

/// So many are pushed by one load, which has a limit of time.
const BATCH: usize = 10_000;

/// This many are pushed; the rest of a deeper repository is rows, if the peer has rows.
const PUSHED_MAX: usize = 2_000;

/// Pushes `images` manifests over the same blobs, each under its own tag. For a peer that keeps a
/// file for each tag this is cheaper than usual.
pub(super) fn with_images(peer: &Peer, image: &Arc<Image>, images: usize) -> Result<()> {
    peer.publish_image(FIRST_TAG, image)?;
    if images > PUSHED_MAX
        && let Some(data) = peer.data()
    {
        rows::add_images(&data, REPOSITORY, PUSHED_MAX, images)?;
    }
    let images = images.min(PUSHED_MAX);
    for from in (1..images).step_by(BATCH) {
        push_variants(peer, image, from..images.min(from + BATCH))?;
    }
    Ok(())
}

fn push_variants(peer: &Peer, image: &Arc<Image>, numbers: Range<usize>) -> Result<()> {
    let entrance = peer.entrance();
    let load = Load { threads: 1, connections: CONNECTIONS, stop: Stop::Turns(1) };
    load.run(&peer.processes(), |index, _| {
        let (entrance, image) = (entrance.clone(), Arc::clone(image));
        let own = numbers.clone().skip(index).step_by(CONNECTIONS);
        async move {
            let mut client = entrance.open().await?;
            for number in own {
                let manifest = image.manifest_variant(number);
                client.put_manifest(REPOSITORY, &format!("v{number}"), &manifest).await?;
            }
            Ok(Tally::default())
        }
    })
    .map(drop)
}
