//! Chooses the door of a request.

use std::sync::Arc;
use std::time::Instant;

use http::header::{RETRY_AFTER, SERVER};
use http::{HeaderValue, Request, Response, StatusCode};

use crate::access_log::Answered;
use crate::answers::{NoRoom, Share};
use crate::body::Body;
use crate::doors::{Doors, aws, download, oci, trail_files};
use crate::intake::RequestBody;
use crate::metrics::RouteName;
use crate::reached::Misaddressed;
use crate::request_id::X_AMZN_REQUEST_ID;
use crate::{access_log, pages};

const UNKNOWN: RouteName = RouteName("unknown");

/// Answers any request, and charges its address.
pub(crate) async fn answer(
    doors: &Arc<Doors>,
    share: &Arc<Share>,
    request: Request<RequestBody>,
) -> Response<Body> {
    let began = Instant::now();
    doors.operations.pace().count_caller();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (route, response) = Box::pin(choose(doors, request)).await;
    let (parts, body) = response.into_parts();
    let id = parts.headers.get(X_AMZN_REQUEST_ID).cloned();
    let mut response = match share.charge(body) {
        Ok(body) => Response::from_parts(parts, body),
        Err(NoRoom) => come_again(&path),
    };
    response.headers_mut().insert(SERVER, HeaderValue::from_static("Longshore"));
    let (status, took) = (response.status(), began.elapsed());
    doors.metrics.answered(route, status.as_u16(), took);
    access_log::write(&Answered { route, method: &method, path: &path, status, took, id });
    response
}

async fn choose(
    doors: &Arc<Doors>,
    mut request: Request<RequestBody>,
) -> (RouteName, Response<Body>) {
    match doors.reached(&request) {
        Ok(reached) => drop(request.extensions_mut().insert(reached)),
        Err(why) => return refuse_address(request, &why),
    }
    let path = request.uri().path();
    if is_registrys(path) {
        return oci::answer(doors, request).await;
    }
    let path_is_download = path.starts_with(download::PREFIX);
    let (parts, body) = request.into_parts();
    if trail_files::is_read(&parts) {
        return trail_files::answer(doors, Request::from_parts(parts, body)).await;
    }
    if path_is_download {
        return download::answer(doors, Request::from_parts(parts, body)).await;
    }
    if let Some(page) = pages::answer(doors, &parts.method, parts.uri.path()).await {
        return page;
    }
    if aws::is_call(&parts) {
        return aws::answer(doors, Request::from_parts(parts, body)).await;
    }
    let mut response = Response::new(Body::from(
        "Nothing is served here. Registries are under /v2/, and AWS calls are POST /.\n".to_owned(),
    ));
    *response.status_mut() = StatusCode::NOT_FOUND;
    (UNKNOWN, response)
}

fn is_registrys(path: &str) -> bool {
    path == "/v2" || path.starts_with("/v2/")
}

/// The answer to a client that does not read the answers it already has.
fn come_again(path: &str) -> Response<Body> {
    const TEXT: &str = "Rate exceeded: too many answers wait to be taken. Try again.";
    let mut response = if is_registrys(path) {
        oci::too_much(TEXT)
    } else {
        // The AWS SDKs retry after this status, whatever the body says.
        let mut response = Response::new(Body::from(format!("{TEXT}\n")));
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        response
    };
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// Each client is refused in the words of the door that it meant.
fn refuse_address(
    request: Request<RequestBody>,
    why: &Misaddressed,
) -> (RouteName, Response<Body>) {
    let (parts, _) = request.into_parts();
    if is_registrys(parts.uri.path()) || parts.uri.path().starts_with(download::PREFIX) {
        return oci::refuse_address(why);
    }
    if aws::is_call(&parts) {
        return aws::refuse_address(&parts, why);
    }
    let mut response = Response::new(Body::from(format!("{why}\n")));
    *response.status_mut() = why.status();
    (UNKNOWN, response)
}
