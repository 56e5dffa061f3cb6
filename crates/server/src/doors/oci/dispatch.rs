//! Recognises, parses, authorises and answers a request.

use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode};
use identity::Caller;
use names::{RegistryId, RepositoryArn};
use wire::oci::{ErrorCode, error_body};

use super::asked::Asked;
use super::failure::Refused;
use super::query::Query;
use super::recording::Recorded;
use super::route::{InRepository, Route};
use super::{
    answers, delete_blob, delete_manifest, list_referrers, list_repositories, list_tags,
    put_manifest, read_blob, read_manifest, uploads,
};
use crate::body::Body;
use crate::doors::Doors;
use crate::guard::{Asking, NotAllowed, RequestFrom, RequestKeys, Resource};
use crate::intake::RequestBody;
use crate::metrics::RouteName;
use crate::reached::{Misaddressed, Reached};
use crate::request_id::{RequestId, X_AMZN_REQUEST_ID};

const UNKNOWN: RouteName = RouteName("oci.unknown");

/// Refuses a request that reached no registry.
pub(crate) fn refuse_address(why: &Misaddressed) -> (RouteName, Response<Body>) {
    let code = match why {
        Misaddressed::NoSuchRegistry(_) => ErrorCode::NameUnknown,
        Misaddressed::NoHost
        | Misaddressed::SeveralHosts
        | Misaddressed::Malformed(_)
        | Misaddressed::HostsDiffer => ErrorCode::Unsupported,
    };
    let mut response = Response::new(Body::from(error_body(code, &why.to_string())));
    *response.status_mut() = why.status();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    (UNKNOWN, response)
}

/// The answer to a client that requests more than it reads.
pub(crate) fn too_much(text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(error_body(ErrorCode::TooManyRequests, text)));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Answers a request under `/v2`.
pub(crate) async fn answer(
    doors: &Arc<Doors>,
    request: Request<RequestBody>,
) -> (RouteName, Response<Body>) {
    let (parts, body) = request.into_parts();
    let reached = Reached::of(&parts).clone();
    let id = RequestId::from_random(keys::random());
    let from = doors.request_from(&parts, id.clone());
    let (name, outcome) = match recognise(doors, &parts, &reached.registry).await {
        Ok((caller, route)) => {
            let name = route.name();
            let whose = (&caller, &reached.registry);
            let mut recorded = Recorded::begin(doors, whose, &from, &route, &parts);
            let came = Came { caller, registry: reached.registry.clone(), from, parts, body };
            let outcome = judge(doors, came, route, &mut recorded).await;
            let outcome = match recorded.end(&outcome).keep().await {
                Ok(()) => outcome,
                Err(failure) => Err(failure.into()),
            };
            (name, outcome)
        }
        Err(refused) => (UNKNOWN, Err(refused)),
    };
    let realm = || doors.endpoints.registry_url(&reached.registry, &reached);
    let mut response = outcome.unwrap_or_else(|refused| refused.answer(&realm(), &id));
    let version = HeaderValue::from_static("registry/2.0");
    response.headers_mut().insert("docker-distribution-api-version", version);
    response.headers_mut().insert(X_AMZN_REQUEST_ID, id.header());
    (name, response)
}

/// Finds the caller and the route.
async fn recognise(
    doors: &Doors,
    parts: &Parts,
    registry: &RegistryId,
) -> Result<(Caller, Route), Refused> {
    let caller = doors.authenticator.logged_in(&parts.headers, &registry.region).await?;
    let route = Route::parse(&parts.method, parts.uri.path())?;
    Ok((caller, route))
}

/// A request whose caller is known.
struct Came {
    caller: Caller,
    registry: RegistryId,
    from: RequestFrom,
    parts: Parts,
    body: RequestBody,
}

/// Asks the guard, and carries the request out.
async fn judge(
    doors: &Arc<Doors>,
    came: Came,
    route: Route,
    recorded: &mut Recorded<'_>,
) -> Result<Response<Body>, Refused> {
    let Came { caller, registry, from, parts, body } = came;
    admit(&doors.asking(&caller, &from), &route, &registry).await?;
    let query = Query::parse(parts.uri.query())?;
    recorded.require().await?;
    act(Asked { doors: doors.clone(), caller, registry, from, parts, query, body }, route).await
}

/// Asks the guard about every action of a route.
pub(super) async fn admit(
    asking: &Asking<'_>,
    route: &Route,
    registry: &RegistryId,
) -> Result<(), NotAllowed> {
    let resource = resource(route, registry);
    for action in route.actions() {
        asking.authorize(action, &resource, &RequestKeys::default()).await?;
    }
    Ok(())
}

fn resource(route: &Route, registry: &RegistryId) -> Resource {
    let registry = registry.clone();
    match route {
        Route::Ping => Resource::Registry(registry),
        Route::ListRepositories => Resource::Repositories(registry),
        Route::In(name, _) => {
            Resource::Repository(RepositoryArn { registry, repository: name.clone() })
        }
    }
}

async fn act(asked: Asked, route: Route) -> Result<Response<Body>, Refused> {
    let (name, wanted) = match route {
        Route::Ping => return Ok(answers::status(StatusCode::OK)),
        Route::ListRepositories => return list_repositories::answer(&asked).await,
        Route::In(name, wanted) => (name, wanted),
    };
    let arn = asked.arn(name);
    match wanted {
        InRepository::ListTags => list_tags::answer(&asked, &arn).await,
        InRepository::ListReferrers(subject) => {
            list_referrers::answer(&asked, &arn, &subject).await
        }
        InRepository::ReadManifest(reference) => {
            read_manifest::pull(&asked, &arn, &reference).await
        }
        InRepository::HeadManifest(reference) => {
            read_manifest::head(&asked, &arn, &reference).await
        }
        InRepository::PutManifest(reference) => put_manifest::answer(asked, arn, reference).await,
        InRepository::DeleteManifest(reference) => {
            delete_manifest::answer(&asked, &arn, &reference).await
        }
        InRepository::ReadBlob(digest) => read_blob::read(&asked, &arn, &digest).await,
        InRepository::HeadBlob(digest) => read_blob::head(&asked, &arn, &digest).await,
        InRepository::DeleteBlob(digest) => delete_blob::answer(&asked, &arn, &digest).await,
        InRepository::BeginUpload => uploads::begin(asked, arn).await,
        InRepository::FindUpload(id) => uploads::find(&asked, &arn, &id).await,
        InRepository::AppendToUpload(id) => uploads::append(asked, arn, id).await,
        InRepository::CompleteUpload(id) => uploads::complete(asked, arn, id).await,
        InRepository::CancelUpload(id) => uploads::cancel(&asked, &arn, &id).await,
    }
}
