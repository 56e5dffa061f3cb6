//! Redirects a client to the object store for a layer's bytes, as ECR does, so that they cost this
//! node nothing.
//!
//! The store can serve only what it protects itself (`encryption = "storage"`, objects in a
//! bucket). Clients cannot use what we seal, so that goes through the node. A client that cannot
//! reach the store says so with each request, or the operator turns redirects off.

use std::time::Duration;

use http::header::{CONTENT_LENGTH, LOCATION};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use operations::{BlobReader, Failure, Operations};

use crate::body::Body;
use crate::config::Redirects;

/// A client's way out: `X-Longshore-Redirect: never`.
const X_LONGSHORE_REDIRECT: &str = "x-longshore-redirect";

/// How long a URL is valid. The store checks it when a download begins, so it does not limit the
/// download. It is longer than the quarter of an hour by which stores let clocks differ.
const LIFE: Duration = Duration::from_mins(20);

/// Decides whether this request may be redirected.
pub(crate) fn settle(redirects: Redirects, headers: &HeaderMap) -> Redirects {
    let asked = headers.get(X_LONGSHORE_REDIRECT);
    let stays = asked.is_some_and(|word| word.as_bytes().eq_ignore_ascii_case(b"never"));
    if stays { Redirects::Never } else { redirects }
}

/// Another URL of the layer, which needs no credential, for [`LIFE`].
pub(crate) async fn address(
    operations: &Operations,
    blob: &BlobReader,
    redirects: Redirects,
) -> Result<Option<String>, Failure> {
    match redirects {
        Redirects::Auto => operations.presign_blob(blob, LIFE).await,
        Redirects::Never => Ok(None),
    }
}

/// 307: the client repeats its request there, with the same range.
pub(crate) fn response(address: &str) -> Option<Response<Body>> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    let headers = response.headers_mut();
    headers.insert(LOCATION, HeaderValue::from_str(address).ok()?);
    headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    Some(response)
}

#[cfg(test)]
mod tests;
