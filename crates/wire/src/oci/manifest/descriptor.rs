use names::{Digest, MediaType};

/// A manifest's description of other content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    /// `mediaType`.
    pub media_type: MediaType,
    /// `digest`.
    pub digest: Digest,
    /// `size`.
    pub size: u64,
}

impl Descriptor {
    /// Whether these bytes must not be distributed. Then a registry need not hold them (image-spec,
    /// "Non-distributable layers"; Docker's `foreign` layers).
    pub fn is_nondistributable(&self) -> bool {
        let kind = self.media_type.as_str();
        kind.starts_with("application/vnd.oci.image.layer.nondistributable.")
            || kind.starts_with("application/vnd.docker.image.rootfs.foreign.")
    }

    /// Whether it is known to be a layer or a configuration. An unknown type may be a manifest
    /// (image-spec, "Image index").
    pub(super) fn is_blob(&self) -> bool {
        const LAYERS_AND_CONFIGURATIONS: [&str; 5] = [
            "application/vnd.oci.image.layer.",
            "application/vnd.docker.image.rootfs.",
            "application/vnd.buildkit.cacheconfig.",
            "application/vnd.oci.image.config.",
            "application/vnd.docker.container.image.",
        ];
        let kind = self.media_type.as_str();
        LAYERS_AND_CONFIGURATIONS.iter().any(|prefix| kind.starts_with(prefix))
    }
}
