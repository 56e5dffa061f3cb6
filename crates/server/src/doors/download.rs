//! What the URLs of GetDownloadUrlForLayer lead to, where they are not the object store's own.
//!
//! # Invariants
//! * The signature in the URL is the only credential, and it is looked at before anything else: it covers the
//!   path, which names the layer and its repository, and the expiry.
//! * A layer that its repository no longer holds is not given out, whatever was signed.
//!
//! # Who calls
//! The router, for paths under [`PREFIX`]; the AWS door, which hands URLs out.
//!
//! # On a crash
//! There is no state here. URLs outlive a restart, for the key does.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use identity::signed_url;
use names::{AccountId, Digest, Region, RegistryId, RepositoryArn, RepositoryName};
use operations::{Failure, Refusal};
use wire::oci::{ErrorCode, error_body};

use super::Doors;
use super::blob_answer::{self, BlobAnswer, Wanted};
use crate::body::Body;
use crate::config::Redirects;
use crate::intake::RequestBody;
use crate::metrics::RouteName;

/// Where the paths begin.
pub(crate) const PREFIX: &str = "/download/";

/// How long a URL is good: ECR's are, for about as long.
const LIFE: Duration = Duration::from_hours(1);

const ROUTE: RouteName = RouteName("download.GetLayer");

/// The URL under which a layer can be had without any other credential, for an hour.
pub(super) fn url(doors: &Doors, host: &str, arn: &RepositoryArn, digest: &Digest) -> String {
    let path = path(arn, digest);
    let query = signed_url::sign(&doors.url_key, &path, doors.clock.now().plus(LIFE));
    let scheme = doors.endpoints.scheme();
    let host = doors.endpoints.registry_host(&arn.registry, host);
    format!("{scheme}://{host}{path}?{query}")
}

/// Answers a request for a layer.
pub(crate) async fn answer(
    doors: &Arc<Doors>,
    request: Request<RequestBody>,
) -> (RouteName, Response<Body>) {
    let (parts, _) = request.into_parts();
    let response = give(doors, &parts).await.unwrap_or_else(Refused::into_response);
    (ROUTE, response)
}

async fn give(doors: &Doors, parts: &Parts) -> Result<Response<Body>, Refused> {
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return Err(Refused::Method);
    }
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    signed_url::verify(&doors.url_key, path, query, doors.clock.now())
        .map_err(Refused::Signature)?;
    let (arn, digest) = parse(path).ok_or(Refused::Unknown)?;
    let blob = doors.operations.find_blob(&arn, &digest).await?.ok_or(Refused::Unknown)?;
    // Whoever was given this address and not the store's own is not to be sent there.
    let redirects = Redirects::Never;
    let wanted = Wanted { method: &parts.method, headers: &parts.headers, redirects };
    match blob_answer::answer(&doors.operations, &doors.metrics, wanted, &digest, &blob).await? {
        BlobAnswer::Sent(response) => Ok(response),
        BlobAnswer::OutOfRange(size) => Err(Refused::OutOfRange(size)),
    }
}

/// Why no layer is given.
enum Refused {
    Signature(signed_url::UrlRefusal),
    Unknown,
    OutOfRange(u64),
    Method,
    Failed,
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(Refusal::RepositoryNotFound(_)) => Self::Unknown,
            Failure::Refused(refusal) => {
                tracing::error!(%refusal, "a layer's URL was refused for no reason that one can have");
                Self::Failed
            }
            Failure::Fault(fault) => {
                tracing::error!(error = fault.chain(), "a layer cannot be given out");
                Self::Failed
            }
        }
    }
}

impl Refused {
    fn into_response(self) -> Response<Body> {
        let (status, code, text) = match &self {
            Self::Signature(refusal) => {
                (StatusCode::FORBIDDEN, ErrorCode::Denied, refusal.to_string())
            }
            Self::Unknown => (
                StatusCode::NOT_FOUND,
                ErrorCode::BlobUnknown,
                "the layer is not in the repository any more".to_owned(),
            ),
            Self::OutOfRange(size) => (
                StatusCode::RANGE_NOT_SATISFIABLE,
                ErrorCode::SizeInvalid,
                format!("the layer has {size} bytes"),
            ),
            Self::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                ErrorCode::Unsupported,
                "layers are downloaded with GET".to_owned(),
            ),
            Self::Failed => (
                StatusCode::INTERNAL_SERVER_ERROR,
                ErrorCode::Unknown,
                "the layer cannot be read".to_owned(),
            ),
        };
        let body = error_body(code, &text);
        let length = body.len();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_LENGTH, length.into());
        match self {
            Self::OutOfRange(size) => {
                let range = HeaderValue::from_str(&format!("bytes */{size}"));
                headers.insert(CONTENT_RANGE, range.expect("a number is visible ASCII"));
            }
            Self::Method => {
                headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            }
            Self::Signature(_) | Self::Unknown | Self::Failed => {}
        }
        response
    }
}

fn path(arn: &RepositoryArn, digest: &Digest) -> String {
    let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
    format!("{PREFIX}{account}/{region}/{repository}/{digest}")
}

/// Reads a path from both ends, because the repository's name in the middle may hold slashes.
fn parse(path: &str) -> Option<(RepositoryArn, Digest)> {
    let (account, rest) = path.strip_prefix(PREFIX)?.split_once('/')?;
    let (region, rest) = rest.split_once('/')?;
    let (repository, digest) = rest.rsplit_once('/')?;
    let account = AccountId::parse(account).ok()?;
    let region = Region::parse(region).ok()?;
    let repository = RepositoryName::parse(repository).ok()?;
    let arn = RepositoryArn { registry: RegistryId { account, region }, repository };
    Some((arn, Digest::parse(digest).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_layers_and_come_back() {
        let arn = RepositoryArn::parse("arn:aws:ecr:eu-west-1:123456789012:repository/team-a/web")
            .unwrap();
        let digest = Digest::sha256(b"layer");
        let written = path(&arn, &digest);
        assert_eq!(written, format!("/download/123456789012/eu-west-1/team-a/web/{digest}"));
        assert_eq!(parse(&written), Some((arn, digest)));
    }

    #[test]
    fn paths_that_name_nothing() {
        let digest = Digest::sha256(b"layer");
        #[rustfmt::skip]
        let cases = [
            (format!("/download/123456789012/eu-west-1/{digest}"),         "no repository"),
            (format!("/download/12345/eu-west-1/web/{digest}"),            "no account"),
            (format!("/download/123456789012/EU/web/{digest}"),            "no Region"),
            (format!("/download/123456789012/eu-west-1/a/../web/{digest}"), "climbs"),
            (format!("/v2/123456789012/eu-west-1/web/{digest}"),           "another door's"),
            ("/download/123456789012/eu-west-1/web/sha256:ab".to_owned(),  "no digest"),
            ("/download/".to_owned(),                                      "nothing"),
        ];
        for (path, because) in cases {
            assert_eq!(parse(&path), None, "{path}: {because}");
        }
    }
}
