//! `GET` and `HEAD …/manifests/REFERENCE`.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, ETAG};
use http::{HeaderMap, Response, StatusCode};
use names::{Digest, MediaType, Reference, RepositoryArn};
use operations::{CachedManifest, PulledImage};

use super::answers::{DOCKER_CONTENT_DIGEST, plain, status};
use super::asked::Asked;
use super::failure::Refused;
use crate::body::Body;
use crate::doors::pull_through::{Found, Purpose, find_manifest};
use crate::doors::validators;

/// `GET`: a pull.
pub(super) async fn pull(
    asked: &Asked,
    arn: &RepositoryArn,
    reference: &Reference,
) -> Result<Response<Body>, Refused> {
    let manifest =
        Manifest::of(find_manifest(&asked.as_push(), arn, reference, Purpose::Pull).await?);
    let mut response = describe(asked, reference, &manifest)?;
    if response.status() == StatusCode::OK {
        asked.doors.metrics.sent_bytes.inc_by(manifest.bytes.len() as u64);
        *response.body_mut() = Body::from(Bytes::from(manifest.bytes));
    }
    Ok(response)
}

/// `HEAD`: whether it exists, and its digest.
pub(super) async fn head(
    asked: &Asked,
    arn: &RepositoryArn,
    reference: &Reference,
) -> Result<Response<Body>, Refused> {
    let found = find_manifest(&asked.as_push(), arn, reference, Purpose::Look).await?;
    describe(asked, reference, &Manifest::of(found))
}

/// A manifest, of an image that is here or is coming.
struct Manifest {
    digest: Digest,
    media_type: MediaType,
    bytes: Vec<u8>,
}

impl Manifest {
    fn of(found: Found) -> Self {
        match found {
            Found::Image(PulledImage { digest, media_type, manifest: bytes, .. })
            | Found::Coming(CachedManifest { digest, media_type, manifest: bytes, .. }) => {
                Self { digest, media_type, bytes }
            }
        }
    }
}

fn describe(
    asked: &Asked,
    reference: &Reference,
    image: &Manifest,
) -> Result<Response<Body>, Refused> {
    let kind = image.media_type.as_str();
    // A digest names exactly these bytes; a tag lets the registry choose, and we have one form.
    if matches!(reference, Reference::Tag(_)) && !accepts(&asked.parts.headers, kind) {
        return Err(Refused::NotAcceptable(format!(
            "Requested image not found: it is stored as {kind}, which the request does not accept"
        )));
    }
    let unchanged = validators::is_held(&asked.parts.headers, &image.digest);
    let mut response = status(if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    let headers = response.headers_mut();
    headers.insert(DOCKER_CONTENT_DIGEST, plain(image.digest.as_str()));
    headers.insert(ETAG, validators::etag(&image.digest));
    if !unchanged {
        headers.insert(CONTENT_TYPE, plain(kind));
        headers.insert(CONTENT_LENGTH, image.bytes.len().into());
    }
    Ok(response)
}

/// Whether `Accept` allows this media type. Without the header everything is accepted (RFC 9110
/// §12.5.1).
fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    let mut any = false;
    for value in headers.get_all(ACCEPT) {
        for range in value.to_str().unwrap_or_default().split(',') {
            any = true;
            let range = range.split(';').next().unwrap_or_default().trim();
            if matches!(range, "*/*" | "application/*" | "application/json")
                || range.eq_ignore_ascii_case(kind)
            {
                return true;
            }
        }
    }
    !any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_headers() {
        let index = "application/vnd.oci.image.index.v1+json";
        #[rustfmt::skip]
        let cases = [
            (vec![],                                          true,  "no header takes everything"),
            (vec!["*/*"],                                     true,  "anything"),
            (vec![index],                                     true,  "this"),
            (vec!["text/html", index],                        true,  "this, in the second header"),
            (vec!["text/html, application/vnd.oci.image.index.v1+json;q=0.5"], true, "this, in a list"),
            (vec!["application/json"],                        true,  "manifests are JSON"),
            (vec!["application/vnd.oci.image.manifest.v1+json"], false, "another kind"),
        ];
        for (values, expected, because) in cases {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(ACCEPT, value.parse().unwrap());
            }
            assert_eq!(accepts(&headers, index), expected, "{because}");
        }
    }
}
