//! Turns the bytes of a manifest into the input of PutImage, for both doors.

use bytes::Bytes;
use names::{Algorithm, Digest, MediaType};
use operations::{BlobRef, InvalidParameter, PushedManifest, Refusal};
use wire::oci::{Content, Descriptor, Manifest, ManifestRefusal};

/// Reads a manifest; `media_type` is the type in the request.
pub(crate) fn read(
    bytes: Bytes,
    media_type: Option<&str>,
    algorithm: Algorithm,
) -> Result<PushedManifest, Refusal> {
    let manifest = Manifest::parse(&bytes, media_type).map_err(|refusal| refuse(&refusal))?;
    let artifact_type = manifest.kind_of_artifact().cloned();
    let Manifest { media_type, content, artifact_type: _, subject, annotations } = manifest;
    let (config_media_type, blobs, children) = match content {
        Content::Image { config, layers } => {
            let media_type = config.media_type.clone();
            let blobs = std::iter::once(config).chain(layers).map(blob_ref).collect();
            (Some(media_type), blobs, Vec::new())
        }
        Content::Index { manifests } => {
            let children = manifests.into_iter().map(|child| child.digest).collect();
            (None, Vec::new(), children)
        }
    };
    let annotations = (!annotations.is_empty())
        .then(|| serde_json::to_string(&annotations).expect("a map of strings is JSON"));
    Ok(PushedManifest {
        digest: Digest::of(algorithm, &bytes),
        bytes,
        media_type,
        artifact_type,
        config_media_type,
        blobs,
        children,
        subject: subject.map(|subject| subject.digest),
        annotations,
    })
}

/// Reads a manifest that is there, for work beside requests. `None` if no request would put it.
pub(crate) fn read_stored(bytes: &[u8], media_type: &MediaType) -> Option<PushedManifest> {
    let bytes = Bytes::copy_from_slice(bytes);
    read(bytes, Some(media_type.as_str()), Algorithm::Sha256).ok()
}

fn blob_ref(descriptor: Descriptor) -> BlobRef {
    let required = !descriptor.is_nondistributable();
    let Descriptor { media_type, digest, size } = descriptor;
    BlobRef { digest, size_bytes: size, media_type, required }
}

/// ECR says "Invalid JSON syntax" about every manifest that it does not accept; we add the reason.
fn refuse(refusal: &ManifestRefusal) -> Refusal {
    let constraint = match refusal {
        ManifestRefusal::TooLarge => {
            "Member must have length less than or equal to 4194304".to_owned()
        }
        ManifestRefusal::Malformed(why) => format!("Invalid JSON syntax: {why}"),
        ManifestRefusal::NoMediaType
        | ManifestRefusal::MediaTypesDiffer
        | ManifestRefusal::IndexOfBlobs(_)
        | ManifestRefusal::Unsupported => format!("Invalid JSON syntax: {refusal}"),
    };
    InvalidParameter { path: "ImageManifest", constraint }.into()
}
