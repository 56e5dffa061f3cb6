//! What several answers of this door have in common.

use http::header::{CONTENT_TYPE, LINK, LOCATION, RANGE};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use names::{Digest, RepositoryName, UploadId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::body::Body;

pub(super) const DOCKER_CONTENT_DIGEST: &str = "docker-content-digest";
pub(super) const DOCKER_UPLOAD_UUID: &str = "docker-upload-uuid";

/// A header value of words from `names`, which are visible ASCII all of them.
pub(super) fn plain(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("names, digests and media types are visible ASCII")
}

/// An answer without a body.
pub(super) fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// A document.
pub(super) fn json(media_type: &'static str, document: &impl Serialize) -> Response<Body> {
    let body = serde_json::to_vec(document).expect("lists of words are JSON");
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// 201 for bytes that are stored now.
pub(super) fn created(path: &str, digest: &Digest) -> Response<Body> {
    let mut response = status(StatusCode::CREATED);
    let headers = response.headers_mut();
    headers.insert(LOCATION, plain(path));
    headers.insert(DOCKER_CONTENT_DIGEST, plain(digest.as_str()));
    response
}

/// The path of a blob.
pub(super) fn blob_path(name: &RepositoryName, digest: &Digest) -> String {
    format!("/v2/{name}/blobs/{digest}")
}

/// Where an upload continues, and its progress. `Range` is inclusive, so an upload without bytes
/// says `0-0`, as every registry does.
pub(super) fn upload_headers(
    headers: &mut HeaderMap,
    name: &RepositoryName,
    id: &UploadId,
    received_bytes: u64,
) {
    headers.insert(LOCATION, plain(&format!("/v2/{name}/blobs/uploads/{id}")));
    headers.insert(RANGE, plain(&format!("0-{}", received_bytes.saturating_sub(1))));
    headers.insert(DOCKER_UPLOAD_UUID, plain(id.as_str()));
}

/// The next page of a list.
pub(super) fn link_next(headers: &mut HeaderMap, path: &str, parameters: &[(&str, &str)]) {
    let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    headers.insert(LINK, plain(&format!("<{path}?{}>; rel=\"next\"", pairs.join("&"))));
}
