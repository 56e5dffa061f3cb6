//! Serves the URLs of GetDownloadUrlForLayer, unless they are the object store's own.
//!
//! # Invariants
//! * The grant in the URL is the only credential, and is checked before anything else. It is sealed
//!   for the path, which names the layer and its repository, and says which caller it was issued to
//!   and when it ends.
//! * It promises nothing: the caller must still exist, and the guard judges it as if it asked for
//!   the URL again now. A layer that its repository no longer holds is not served, whatever was
//!   signed.
//!
//! # Who calls
//! The router, for paths under [`PREFIX`]; the AWS door, which issues URLs.
//!
//! # On a crash
//! There is no state here. URLs outlive a restart, because the key does.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use identity::Caller;
use identity::signed_url::UrlRefusal;
use names::{AccountId, Digest, ObjectKey, Region, RegistryId, RepositoryArn, RepositoryName};
use operations::{EncryptionRefusal, Failure, Fault, Refusal, RepositoryRefusal};
use wire::oci::{ErrorCode, error_body, error_body_of_request};

use super::blob_answer::{self, BlobAnswer, Wanted};
use super::{Doors, damaged_object, key_refusal};
use crate::body::Body;
use crate::config::Redirects;
use crate::guard::{AccessDenied, NotAllowed, RequestFrom, RequestKeys, Resource};
use crate::intake::RequestBody;
use crate::metrics::RouteName;
use crate::reached::Reached;
use crate::request_id::{RequestId, X_AMZN_REQUEST_ID};

/// The start of the paths.
pub(crate) const PREFIX: &str = "/download/";

/// The action that was allowed when the URL was made, and must be allowed when it is used.
const ACTION: &str = "ecr:GetDownloadUrlForLayer";

/// How long a URL is good: ECR's are, for about as long.
const LIFE: Duration = Duration::from_hours(1);

const ROUTE: RouteName = RouteName("download.GetLayer");

/// The URL under which a layer can be had without any other credential, for an hour.
pub(super) fn url(
    doors: &Doors,
    caller: &Caller,
    reached: &Reached,
    arn: &RepositoryArn,
    digest: &Digest,
) -> String {
    let path = path(arn, digest);
    let now = doors.clock.now();
    let query = doors.signed_urls.sign(&path, caller, now, LIFE, keys::random());
    format!("{}{path}?{query}", doors.endpoints.registry_url(&arn.registry, reached))
}

/// Answers a request for a layer.
pub(crate) async fn answer(
    doors: &Arc<Doors>,
    request: Request<RequestBody>,
) -> (RouteName, Response<Body>) {
    let (parts, _) = request.into_parts();
    let id = RequestId::from_random(keys::random());
    let from = doors.request_from(&parts, id.clone());
    let given = Box::pin(give(doors, &parts, &from)).await;
    let mut response = given.unwrap_or_else(|refused| refused.into_response(&id));
    response.headers_mut().insert(X_AMZN_REQUEST_ID, id.header());
    (ROUTE, response)
}

async fn give(doors: &Doors, parts: &Parts, from: &RequestFrom) -> Result<Response<Body>, Refused> {
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return Err(Refused::Method);
    }
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    let claims =
        doors.signed_urls.open(path, query, doors.clock.now()).map_err(Refused::Signature)?;
    let (arn, digest) = parse(path).ok_or(Refused::Unknown)?;
    let caller = doors.authenticator.issuer(claims).await?.ok_or(Refused::IssuerGone)?;
    let resource = Resource::Repository(arn.clone());
    doors.asking(&caller, from).authorize(ACTION, &resource, &RequestKeys::default()).await?;
    let blob = doors.operations.find_blob(&arn, &digest).await?.ok_or(Refused::Unknown)?;
    // A client that got this URL, and not the store's own, is not redirected there.
    let redirects = Redirects::Never;
    let wanted = Wanted { method: &parts.method, headers: &parts.headers, redirects };
    match blob_answer::answer(&doors.operations, &doors.metrics, wanted, &digest, &blob).await? {
        BlobAnswer::Sent(response) => Ok(response),
        BlobAnswer::OutOfRange(size) => Err(Refused::OutOfRange(size)),
    }
}

/// Why no layer is given.
enum Refused {
    Signature(UrlRefusal),
    /// The key, the principal or the account that the URL was given is no more.
    IssuerGone,
    /// The caller may not read the layer any more.
    Denied(AccessDenied),
    Unknown,
    /// The repository may not use its key.
    Key(EncryptionRefusal),
    OutOfRange(u64),
    Method,
    /// We failed because the layer's object is damaged. The text is for the log.
    Damaged(ObjectKey, String),
    /// We failed. The text is for the log.
    Failed(String),
}

impl From<NotAllowed> for Refused {
    fn from(not_allowed: NotAllowed) -> Self {
        match not_allowed {
            NotAllowed::Denied(denied) => Self::Denied(denied),
            NotAllowed::Failed(failure) => failure.into(),
        }
    }
}

/// Refusals of IAM, as refusals of any verb.
impl From<iam::Failure> for Refused {
    fn from(failure: iam::Failure) -> Self {
        Failure::from(failure).into()
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(Refusal::Repository(RepositoryRefusal::NotFound(_))) => Self::Unknown,
            Failure::Refused(Refusal::Encryption(refusal)) => Self::Key(refusal),
            Failure::Refused(refusal) => Self::Failed(format!("unexpected refusal: {refusal}")),
            Failure::Fault(fault) => match &fault {
                Fault::Damaged(object, _) => Self::Damaged(object.clone(), fault.chain()),
                _ => Self::Failed(fault.chain()),
            },
        }
    }
}

const ISSUER_GONE: &str = "the credentials that the URL was given for are no longer valid";
const UNKNOWN: &str = "the layer is not in the repository any more";

impl Refused {
    /// Status, code and sentence.
    fn words(&self) -> (StatusCode, ErrorCode, String) {
        use {ErrorCode as E, StatusCode as S};
        let is = |status, code, text: &str| (status, code, text.to_owned());
        match self {
            Self::Signature(refusal) => (S::FORBIDDEN, E::Denied, refusal.to_string()),
            Self::IssuerGone => is(S::FORBIDDEN, E::Denied, ISSUER_GONE),
            Self::Denied(denied) => (S::FORBIDDEN, E::Denied, denied.to_string()),
            Self::Unknown => is(S::NOT_FOUND, E::BlobUnknown, UNKNOWN),
            Self::Key(refusal) => {
                let (status, code) = key_refusal::kind(refusal);
                (status, code, refusal.to_string())
            }
            Self::OutOfRange(size) => {
                (S::RANGE_NOT_SATISFIABLE, E::SizeInvalid, format!("the layer has {size} bytes"))
            }
            Self::Method => {
                is(S::METHOD_NOT_ALLOWED, E::Unsupported, "layers are downloaded with GET")
            }
            Self::Damaged(object, _) => {
                (S::INTERNAL_SERVER_ERROR, E::Unknown, damaged_object::sentence(object))
            }
            Self::Failed(_) => is(S::INTERNAL_SERVER_ERROR, E::Unknown, "the layer cannot be read"),
        }
    }

    fn into_response(self, id: &RequestId) -> Response<Body> {
        if let Self::Failed(chain) | Self::Damaged(_, chain) = &self {
            id.log_fault("download", chain);
        }
        let (status, code, text) = self.words();
        let body = match &self {
            Self::Denied(_) => error_body_of_request(code, &text, id.as_str()),
            _ => error_body(code, &text),
        };
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
            Self::Key(refusal) => key_refusal::tell_when(&refusal, headers),
            Self::Signature(_)
            | Self::IssuerGone
            | Self::Denied(_)
            | Self::Unknown
            | Self::Damaged(..)
            | Self::Failed(_) => {}
        }
        response
    }
}

fn path(arn: &RepositoryArn, digest: &Digest) -> String {
    let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
    format!("{PREFIX}{account}/{region}/{repository}/{digest}")
}

/// Reads a path from both ends, because the repository's name in the middle may contain slashes.
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
