use bytes::Bytes;
use names::{Digest, MediaType};

/// A manifest that was parsed at the door, with its exact bytes.
#[derive(Debug, Clone)]
pub struct PushedManifest {
    /// The bytes, to be kept as they are.
    pub bytes: Bytes,
    /// The digest of the bytes.
    pub digest: Digest,
    /// The media type of the manifest.
    pub media_type: MediaType,
    /// `artifactType`, or the configuration's media type.
    pub artifact_type: Option<MediaType>,
    /// The configuration's media type.
    pub config_media_type: Option<MediaType>,
    /// The configuration, if its media type is known, and the layers, the lowest first.
    pub blobs: Vec<BlobRef>,
    /// The manifests of an index.
    pub children: Vec<Digest>,
    /// The digest that it refers to.
    pub subject: Option<Digest>,
    /// Its annotations, as a JSON object.
    pub annotations: Option<String>,
}

impl PushedManifest {
    /// Its layers, the lowest first, without the configuration.
    pub fn layers(&self) -> &[BlobRef] {
        let skipped = usize::from(self.config_media_type.is_some());
        self.blobs.get(skipped..).unwrap_or_default()
    }
}

/// A layer, or the configuration, as a manifest speaks of it.
#[derive(Debug, Clone)]
pub struct BlobRef {
    /// Its digest.
    pub digest: Digest,
    /// Its size, according to the manifest.
    pub size_bytes: u64,
    /// Its media type in the manifest.
    pub media_type: MediaType,
    /// Whether the repository must hold it. Non-distributable layers are held elsewhere.
    pub required: bool,
}
