//! Making a repository deep.

use std::sync::Arc;

use anyhow::Result;

use crate::content::Image;
use crate::load::{Load, Stop, Tally};
use crate::peers::{Peer, REPOSITORY};

const CONNECTIONS: usize = 8;

/// The tag of the first image.
pub(super) const FIRST_TAG: &str = "v0";

/// Pushes `images` manifests over the same blobs, each under a tag of its own.
pub(super) fn with_images(peer: &Peer, image: &Arc<Image>, images: usize) -> Result<()> {
    peer.publish_image(FIRST_TAG, image)?;
    let entrance = peer.entrance();
    let load = Load { threads: 1, connections: CONNECTIONS, stop: Stop::Turns(1) };
    load.run(peer.process(), |index, _| {
        let (entrance, image) = (entrance.clone(), Arc::clone(image));
        async move {
            let mut client = entrance.open().await?;
            for number in (index + 1..images).step_by(CONNECTIONS) {
                let manifest = image.manifest_variant(number);
                client.put_manifest(REPOSITORY, &format!("v{number}"), &manifest).await?;
            }
            Ok(Tally::default())
        }
    })
    .map(drop)
}
