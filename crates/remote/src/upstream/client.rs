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
    /// Where the bytes begin: at 0, too, if the registry sends the whole layer instead of its rest.
    pub first_byte: u64,
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

    /// A layer, or of a layer of so many bytes the rest from a byte on. `deadline` is for the
    /// beginning of the answer.
    pub async fn layer(
        &self,
        upstream: &Upstream,
        (repository, digest): (&str, &Digest),
        rest: Option<LayerRest>,
        deadline: Instant,
        limits: BodyLimits,
    ) -> Result<UpstreamLayer, UpstreamError> {
        let path = format!("/v2/{repository}/blobs/{digest}");
        let mut headers = accepting(HeaderValue::from_static("*/*"));
        if let Some(rest) = rest {
            headers.insert(RANGE, rest.range()?);
        }
        let wanted = Wanted { method: Method::GET, path: &path, headers };
        let answer = self.call(upstream, Some(repository), wanted, deadline).await?;
        let first_byte = match (answer.status(), rest) {
            (StatusCode::OK, _) => 0,
            (_, Some(LayerRest { first_byte, .. })) if continues(&answer, first_byte) => first_byte,
            _ => return Err(UpstreamError::Malformed("it does not give the rest of a layer")),
        };
        let length = text(answer.headers(), CONTENT_LENGTH.as_str()).and_then(|it| it.parse().ok());
        Ok(UpstreamLayer { first_byte, length, body: answer.into_body(limits) })
    }
}

/// What is to come of a layer that broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerRest {
    /// Where it begins.
    pub first_byte: u64,
    /// How many bytes the whole layer has: more than come before.
    pub size_bytes: u64,
}

impl LayerRest {
    /// Both ends are named: some registries answer a range without an end with 416.
    fn range(self) -> Result<HeaderValue, UpstreamError> {
        let last = self.size_bytes.saturating_sub(1);
        HeaderValue::from_str(&format!("bytes={}-{last}", self.first_byte))
            .map_err(|_| UpstreamError::Malformed("a bad range"))
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
