//! Images: a configuration, layers, and the manifest that names them.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::Layer;

pub(crate) const MANIFEST_MEDIA_TYPE: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG_MEDIA_TYPE: &str = "application/vnd.oci.image.config.v1+json";
const LAYER_MEDIA_TYPE: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// An image ready to be pushed.
pub(crate) struct Image {
    pub(crate) layers: Vec<Layer>,
    pub(crate) config: Vec<u8>,
    pub(crate) config_digest: String,
    pub(crate) manifest: Vec<u8>,
}

impl Image {
    /// An image of these layers. As they are fresh, so are its configuration and its manifest.
    pub(crate) fn of(layers: Vec<Layer>) -> Self {
        let config = config(&layers);
        let config_digest = digest_of(&config);
        let manifest = manifest(&config, &config_digest, &layers, None);
        Self { layers, config, config_digest, manifest }
    }

    /// Another manifest over the same blobs, so that a repository fills without pushing bytes.
    pub(crate) fn manifest_variant(&self, number: usize) -> Vec<u8> {
        manifest(&self.config, &self.config_digest, &self.layers, Some(number))
    }

    /// All that a push of this image makes durable.
    pub(crate) fn size_bytes(&self) -> u64 {
        let layers: u64 = self.layers.iter().map(Layer::size_bytes).sum();
        layers + (self.config.len() + self.manifest.len()) as u64
    }

    /// Every blob that a pull of this image fetches.
    pub(crate) fn blob_digests(&self) -> impl Iterator<Item = &str> {
        let layers = self.layers.iter().map(|layer| layer.digest.as_str());
        std::iter::once(self.config_digest.as_str()).chain(layers)
    }
}

fn config(layers: &[Layer]) -> Vec<u8> {
    let diff_ids: Vec<&str> = layers.iter().map(|layer| layer.digest.as_str()).collect();
    let config = json!({
        "architecture": "amd64",
        "os": "linux",
        "created": "2026-01-01T00:00:00Z",
        "config": { "Env": ["PATH=/usr/local/bin:/usr/bin:/bin"], "Cmd": ["/bin/true"] },
        "rootfs": { "type": "layers", "diff_ids": diff_ids },
    });
    config.to_string().into_bytes()
}

fn manifest(
    config: &[u8],
    config_digest: &str,
    layers: &[Layer],
    variant: Option<usize>,
) -> Vec<u8> {
    let layers: Vec<_> = layers
        .iter()
        .map(|layer| {
            json!({
                "mediaType": LAYER_MEDIA_TYPE,
                "digest": layer.digest,
                "size": layer.size_bytes(),
            })
        })
        .collect();
    let mut manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST_MEDIA_TYPE,
        "config": {
            "mediaType": CONFIG_MEDIA_TYPE,
            "digest": config_digest,
            "size": config.len(),
        },
        "layers": layers,
    });
    if let Some(number) = variant {
        manifest["annotations"] = json!({ "bench.variant": number.to_string() });
    }
    manifest.to_string().into_bytes()
}

fn digest_of(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::LayerSource;

    #[test]
    fn every_variant_is_another_manifest_over_the_same_blobs() {
        let source = LayerSource::new(32 * 1024, [7; 16]);
        let image = Image::of(vec![source.fresh()]);
        let read = |number| -> serde_json::Value {
            serde_json::from_slice(&image.manifest_variant(number)).unwrap()
        };
        assert_ne!(image.manifest_variant(1), image.manifest_variant(2));
        assert_eq!(read(1)["layers"], read(2)["layers"]);
        assert_eq!(read(1)["layers"][0]["digest"], image.layers[0].digest);
    }
}
