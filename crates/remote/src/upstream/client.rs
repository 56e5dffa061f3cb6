use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use names::{Digest, Reference};
use tokio::time::Instant;

use super::call::Wanted;
use super::error::UpstreamError;
use super::registries::{Upstream, UpstreamClient};
use crate::{Answer, AnswerBody, BodyLimits};

/// The longest manifest, as everywhere.
const MANIFEST_SIZE_BYTES_MAX: usize = 4 << 20;

/// The manifests that are understood.
const MANIFESTS: HeaderValue = HeaderValue::from_static(
    "application/vnd.oci.image.index.v1+json, \
     application/vnd.docker.distribution.manifest.list.v2+json, \
     application/vnd.oci.image.manifest.v1+json, \
     application/vnd.docker.distribution.manifest.v2+json",
);

const DIGEST: &str = "docker-content-digest";

/// A manifest, as it came.
#[derive(Debug, Clone)]
pub struct UpstreamManifest {
    /// Its bytes. They are not verified.
    pub bytes: Bytes,
    /// The media type that the registry states.
    pub media_type: Option<String>,
}

/// A layer that is coming.
pub struct UpstreamLayer {
    /// How many bytes are to come, if the registry says so.
    pub length: Option<u64>,
    /// The bytes. They are not verified.
    pub body: AnswerBody,
}

impl UpstreamClient {
    /// Asks a registry whether it lets us in now. A token that it gave before is not used.
    pub async fn ping(&self, upstream: &Upstream, deadline: Instant) -> Result<(), UpstreamError> {
        self.forget_authorization(upstream, None);
        let wanted = Wanted { method: Method::GET, path: "/v2/", headers: HeaderMap::new() };
        self.call(upstream, None, wanted, deadline).await.map(drop)
    }

    /// A manifest.
    pub async fn manifest(
        &self,
        upstream: &Upstream,
        repository: &str,
        reference: &Reference,
        deadline: Instant,
    ) -> Result<UpstreamManifest, UpstreamError> {
        let path = format!("/v2/{repository}/manifests/{reference}");
        let wanted = Wanted { method: Method::GET, path: &path, headers: accepting(MANIFESTS) };
        let answer = self.call(upstream, Some(repository), wanted, deadline).await?;
        let media_type = text(answer.headers(), CONTENT_TYPE.as_str());
        // Some registries state a parameter, which is no part of what the type is.
        let media_type =
            media_type.map(|it| it.split(';').next().unwrap_or_default().trim().to_owned());
        let bytes = answer.whole(MANIFEST_SIZE_BYTES_MAX).await?;
        Ok(UpstreamManifest { bytes, media_type })
    }

    /// The digest of the manifest that a tag names, if the registry says it.
    pub async fn digest(
        &self,
        upstream: &Upstream,
        repository: &str,
        reference: &Reference,
        deadline: Instant,
    ) -> Result<Option<Digest>, UpstreamError> {
        let path = format!("/v2/{repository}/manifests/{reference}");
        let wanted = Wanted { method: Method::HEAD, path: &path, headers: accepting(MANIFESTS) };
        let answer = self.call(upstream, Some(repository), wanted, deadline).await?;
        Ok(text(answer.headers(), DIGEST).and_then(|text| Digest::parse(text).ok()))
    }

    /// A layer from this byte on. `deadline` is for the beginning of the answer.
    pub async fn layer(
        &self,
        upstream: &Upstream,
        (repository, digest): (&str, &Digest),
        first_byte: u64,
        deadline: Instant,
        limits: BodyLimits,
    ) -> Result<UpstreamLayer, UpstreamError> {
        let path = format!("/v2/{repository}/blobs/{digest}");
        let mut headers = accepting(HeaderValue::from_static("*/*"));
        if first_byte > 0 {
            let range = HeaderValue::from_str(&format!("bytes={first_byte}-"));
            headers.insert(RANGE, range.map_err(|_| UpstreamError::Malformed("a bad range"))?);
        }
        let wanted = Wanted { method: Method::GET, path: &path, headers };
        let answer = self.call(upstream, Some(repository), wanted, deadline).await?;
        if first_byte > 0 && !continues(&answer, first_byte) {
            return Err(UpstreamError::Malformed("it does not give the rest of a layer"));
        }
        let length = text(answer.headers(), CONTENT_LENGTH.as_str()).and_then(|it| it.parse().ok());
        Ok(UpstreamLayer { length, body: answer.into_body(limits) })
    }
}

fn accepting(kinds: HeaderValue) -> HeaderMap {
    HeaderMap::from_iter([(ACCEPT, kinds)])
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether an answer begins at this byte.
fn continues(answer: &Answer, first_byte: u64) -> bool {
    answer.status() == StatusCode::PARTIAL_CONTENT
        && text(answer.headers(), CONTENT_RANGE.as_str())
            .is_some_and(|range| range.starts_with(&format!("bytes {first_byte}-")))
}
