//! A layer as an HTTP answer: whole or one range of it, with validators.

use http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE,
    RANGE,
};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use names::{ByteRange, Digest, RangeRequest};
use operations::{BlobReader, Failure, Operations};

use super::redirect;
use crate::body::Body;
use crate::config::Redirects;
use crate::metrics::Metrics;

const DOCKER_CONTENT_DIGEST: &str = "docker-content-digest";

/// A request for a layer's bytes.
pub(crate) struct Wanted<'a> {
    pub(crate) method: &'a Method,
    pub(crate) headers: &'a HeaderMap,
    /// May the client be sent to the store for them?
    pub(crate) redirects: Redirects,
}

/// What became of asking for a layer's bytes.
pub(crate) enum BlobAnswer {
    /// 200, 206, 304 or 307.
    Sent(Response<Body>),
    /// The range is not in the layer (416): it has this many bytes.
    OutOfRange(u64),
}

/// What part of the layer an answer holds.
enum Part {
    Range(ByteRange),
    Unchanged,
    OutOfRange,
}

/// Answers a request for a layer's bytes. The layer never changes, so its digest is its validator.
pub(crate) async fn answer(
    operations: &Operations,
    metrics: &Metrics,
    wanted: Wanted<'_>,
    digest: &Digest,
    blob: &BlobReader,
) -> Result<BlobAnswer, Failure> {
    let Wanted { method, headers, redirects } = wanted;
    let size = blob.size_bytes();
    let range = match choose(headers, digest, size) {
        Part::Range(range) => range,
        Part::OutOfRange => return Ok(BlobAnswer::OutOfRange(size)),
        Part::Unchanged => return Ok(BlobAnswer::Sent(unchanged(digest))),
    };
    let body = if *method == Method::HEAD || range.length() == 0 {
        Body::empty()
    } else {
        let redirects = redirect::settle(redirects, headers);
        let address = redirect::address(operations, blob, redirects).await?;
        if let Some(mut sent_on) = address.as_deref().and_then(redirect::response) {
            sent_on.headers_mut().insert(DOCKER_CONTENT_DIGEST, plain(digest.as_str()));
            return Ok(BlobAnswer::Sent(sent_on));
        }
        metrics.sent_bytes.inc_by(range.length());
        Body::Object(Box::new(operations.open_blob(blob, range).await?))
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    validators(headers, digest);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_LENGTH, range.length().into());
    if !range.is_whole() {
        let content_range = format!("bytes {}-{}/{size}", range.start(), range.end() - 1);
        headers.insert(CONTENT_RANGE, plain(&content_range));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(BlobAnswer::Sent(response))
}

fn choose(headers: &HeaderMap, digest: &Digest, size: u64) -> Part {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let etag = etag(digest);
    let names_us = |value: &str| {
        value
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
    };
    if text(IF_NONE_MATCH).is_some_and(names_us) {
        return Part::Unchanged;
    }
    let whole = Part::Range(ByteRange::whole(size));
    // A range of something else than the client holds is no use to it (RFC 9110 §13.1.5).
    if text(IF_RANGE).is_some_and(|tag| tag != etag) {
        return whole;
    }
    match text(RANGE).map(RangeRequest::parse) {
        None | Some(Ok(None)) => whole,
        Some(Ok(Some(asked))) => asked.within(size).map_or(Part::OutOfRange, Part::Range),
        Some(Err(_)) => Part::OutOfRange,
    }
}

fn unchanged(digest: &Digest) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    validators(response.headers_mut(), digest);
    response
}

fn validators(headers: &mut HeaderMap, digest: &Digest) {
    headers.insert(DOCKER_CONTENT_DIGEST, plain(digest.as_str()));
    headers.insert(ETAG, plain(&etag(digest)));
}

fn etag(digest: &Digest) -> String {
    format!("\"{digest}\"")
}

fn plain(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("digests and numbers are visible ASCII")
}
