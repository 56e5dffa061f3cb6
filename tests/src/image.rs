//! Layers and manifests, as small as they can be.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{Answer, Client, Request};

/// The media type of an image's manifest.
pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// A layer as manifests name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Layer {
    /// Its digest.
    pub digest: String,
    /// Its size.
    pub size: usize,
}

impl Layer {
    /// The layer with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { digest: digest_of(bytes), size: bytes.len() }
    }

    fn descriptor(&self, media_type: &str) -> Value {
        let Self { digest, size } = self;
        json!({ "mediaType": media_type, "digest": digest, "size": size })
    }
}

/// The address of bytes.
pub fn digest_of(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}

/// The manifest of an image. The number distinguishes images of the same layers.
pub fn manifest_of(number: u64, config: &Layer, layers: &[Layer]) -> Vec<u8> {
    let layer = |layer: &Layer| layer.descriptor("application/vnd.oci.image.layer.v1.tar");
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": config.descriptor("application/vnd.oci.image.config.v1+json"),
        "layers": layers.iter().map(layer).collect::<Vec<_>>(),
        "annotations": { "number": number.to_string() },
    });
    manifest.to_string().into_bytes()
}

/// A layer: an archive of these files.
pub fn archive_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (path, content) in files {
        let mut header = [0; 512];
        let mut put = |at: usize, text: &str| {
            header[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, path);
        put(124, &format!("{:011o}\0", content.len()));
        put(148, "        ");
        put(156, "0");
        put(257, "ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

impl Client {
    /// Pushes a layer in one request.
    pub fn push_layer(&mut self, repository: &str, bytes: &[u8]) -> Layer {
        let layer = Layer::of(bytes);
        let target = format!("/v2/{repository}/blobs/uploads/?digest={}", layer.digest);
        let answer = self.post(&target, bytes);
        assert_eq!(answer.status, 201, "{}", answer.text());
        layer
    }

    /// Puts a manifest, or tries to.
    pub fn put_manifest(&mut self, repository: &str, reference: &str, manifest: &[u8]) -> Answer {
        let put = Request::new("PUT", &format!("/v2/{repository}/manifests/{reference}"));
        self.ask(put.header("content-type", MANIFEST).body(manifest))
    }

    /// Begins an upload; returns its path.
    pub fn begin_upload(&mut self, repository: &str) -> String {
        let begun = self.post(&format!("/v2/{repository}/blobs/uploads/"), "");
        assert_eq!(begun.status, 202, "{}", begun.text());
        begun.header("location").expect("an upload has a location").to_owned()
    }
}
