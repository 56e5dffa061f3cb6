use std::fmt;

use names::MediaType;

use super::BYTES_MAX;

/// Why a manifest was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManifestRefusal {
    /// It is longer than [`BYTES_MAX`].
    TooLarge,
    /// It is not JSON, or not the JSON of a manifest.
    Malformed(String),
    /// Neither the document nor the request states a media type.
    NoMediaType,
    /// The request calls it one thing and the document another.
    MediaTypesDiffer,
    /// A kind that is not kept.
    Unsupported,
    /// An index that names this kind of bytes where it should name manifests.
    IndexOfBlobs(MediaType),
}

impl fmt::Display for ManifestRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "a manifest may have at most {BYTES_MAX} bytes"),
            Self::Malformed(why) => f.write_str(why),
            Self::NoMediaType => {
                f.write_str("neither the manifest nor the request names a media type")
            }
            Self::MediaTypesDiffer => f.write_str("the request's media type is not the manifest's"),
            Self::Unsupported => f.write_str("manifests of this media type are not kept"),
            Self::IndexOfBlobs(kind) => write!(
                f,
                "an index names manifests, and this one names {kind}. If it is a build cache of BuildKit, export it as an \
                 image: --cache-to type=registry,ref=NAME,image-manifest=true,oci-mediatypes=true"
            ),
        }
    }
}

impl std::error::Error for ManifestRefusal {}
