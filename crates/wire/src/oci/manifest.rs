//! Manifests, as far as a registry reads them.
//!
//! A manifest is kept as the exact bytes that were pushed; this is a view of them. What the
//! registry needs must be well-formed (digests, sizes, media types); everything else is ignored.

mod descriptor;
mod raw;
mod refusal;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use names::{Digest, MediaType};

use self::raw::{List, Object, RawDescriptor, RawManifest};

pub use self::descriptor::Descriptor;
pub use self::refusal::ManifestRefusal;

/// The longest manifest: ECR's limit, and the minimum that the distribution-spec requires.
pub const BYTES_MAX: usize = 4 << 20;

/// The most descriptors in one manifest: an image has at most a few hundred layers, an index a few
/// dozen platforms, and each costs a look-up.
pub const DESCRIPTORS_MAX: usize = 4_096;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its media type, from the document or, if it states none, from the request.
    pub media_type: MediaType,
    /// Its content.
    pub content: Content,
    /// `artifactType`.
    pub artifact_type: Option<MediaType>,
    /// `subject`.
    pub subject: Option<Descriptor>,
    /// `annotations`.
    pub annotations: BTreeMap<String, String>,
}

/// The content of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A configuration and layers.
    Image {
        /// `config`.
        config: Descriptor,
        /// `layers`.
        layers: Vec<Descriptor>,
    },
    /// Other manifests.
    Index {
        /// `manifests`.
        manifests: Vec<Descriptor>,
    },
}

/// The four kinds of manifest that are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Image,
    Index,
}

fn kind_of(media_type: &str) -> Option<Kind> {
    match media_type {
        "application/vnd.oci.image.manifest.v1+json"
        | "application/vnd.docker.distribution.manifest.v2+json" => Some(Kind::Image),
        "application/vnd.oci.image.index.v1+json"
        | "application/vnd.docker.distribution.manifest.list.v2+json" => Some(Kind::Index),
        _ => None,
    }
}

impl Manifest {
    /// Parses a manifest; `content_type` is the type in the request, if there is one.
    pub fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Self, ManifestRefusal> {
        if bytes.len() > BYTES_MAX {
            return Err(ManifestRefusal::TooLarge);
        }
        let raw: Object<RawManifest> = serde_json::from_slice(bytes)
            .map_err(|error| ManifestRefusal::Malformed(error.to_string()))?;
        let Object(RawManifest {
            schema_version,
            media_type,
            artifact_type,
            config,
            layers,
            manifests,
            subject,
            annotations,
        }) = raw;
        if schema_version != 2 {
            return Err(ManifestRefusal::Unsupported);
        }
        // An empty value counts as absent, for both types, as the distribution-spec says for
        // artifactType.
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        let (media_type, artifact_type) = (said(media_type), said(artifact_type));
        let media_type = settle_media_type(media_type.as_deref(), content_type)?;
        let content = read_content(&media_type, config, layers, manifests)?;
        Ok(Self {
            media_type,
            content,
            artifact_type: artifact_type.as_deref().map(read_media_type).transpose()?,
            subject: subject.map(read_descriptor).transpose()?,
            annotations: annotations.unwrap_or_default(),
        })
    }

    /// The artifact type: `artifactType`, or the configuration's media type (distribution-spec 1.1,
    /// "Listing referrers").
    pub fn kind_of_artifact(&self) -> Option<&MediaType> {
        let config = match &self.content {
            Content::Image { config, .. } => Some(&config.media_type),
            Content::Index { .. } => None,
        };
        self.artifact_type.as_ref().or(config)
    }
}

/// Members of the other kind may be present if they are empty.
fn read_content(
    media_type: &MediaType,
    config: Option<Object<RawDescriptor>>,
    layers: Option<List>,
    manifests: Option<List>,
) -> Result<Content, ManifestRefusal> {
    let is_none = |list: &Option<List>| list.as_ref().is_none_or(Vec::is_empty);
    match (kind_of(media_type.as_str()), config, layers, manifests) {
        (None, ..) => Err(ManifestRefusal::Unsupported),
        (Some(Kind::Image), Some(config), Some(layers), others) if is_none(&others) => {
            Ok(Content::Image { config: read_descriptor(config)?, layers: read_all(layers)? })
        }
        (Some(Kind::Index), None, others, Some(manifests)) if is_none(&others) => {
            let manifests = read_all(manifests)?;
            match manifests.iter().find(|named| named.is_blob()) {
                Some(blob) => Err(ManifestRefusal::IndexOfBlobs(blob.media_type.clone())),
                None => Ok(Content::Index { manifests }),
            }
        }
        (Some(Kind::Image), ..) => {
            Err(malformed("an image manifest has config and layers, and no manifests"))
        }
        (Some(Kind::Index), ..) => {
            Err(malformed("an index has manifests, and neither config nor layers"))
        }
    }
}

fn settle_media_type(
    stated: Option<&str>,
    content_type: Option<&str>,
) -> Result<MediaType, ManifestRefusal> {
    // A charset or another parameter in the request does not change the type.
    let essence = content_type.map(|text| text.split(';').next().unwrap_or_default().trim());
    // Some clients send manifests as plain JSON; then the document must speak for itself.
    let claimed = essence
        .filter(|text| !matches!(*text, "" | "application/json" | "application/octet-stream"));
    match (stated, claimed) {
        (Some(stated), Some(claimed)) if stated != claimed => {
            Err(ManifestRefusal::MediaTypesDiffer)
        }
        (Some(settled), _) | (None, Some(settled)) => read_media_type(settled),
        (None, None) => Err(ManifestRefusal::NoMediaType),
    }
}

fn read_media_type(text: &str) -> Result<MediaType, ManifestRefusal> {
    MediaType::parse(text).map_err(|error| ManifestRefusal::Malformed(error.to_string()))
}

fn read_all(raw: Vec<Object<RawDescriptor>>) -> Result<Vec<Descriptor>, ManifestRefusal> {
    if raw.len() > DESCRIPTORS_MAX {
        return Err(malformed("a manifest may name at most 4096 others"));
    }
    raw.into_iter().map(read_descriptor).collect()
}

fn malformed(why: &str) -> ManifestRefusal {
    ManifestRefusal::Malformed(why.to_owned())
}

fn read_descriptor(raw: Object<RawDescriptor>) -> Result<Descriptor, ManifestRefusal> {
    let Object(RawDescriptor { media_type, digest, size }) = raw;
    let digest =
        Digest::parse(&digest).map_err(|error| ManifestRefusal::Malformed(error.to_string()))?;
    // Sizes are kept in 63 bits everywhere.
    if i64::try_from(size).is_err() {
        return Err(malformed("a size is too large"));
    }
    Ok(Descriptor { media_type: read_media_type(&media_type)?, digest, size })
}
