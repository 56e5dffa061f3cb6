//! Which door a request goes to.

use std::sync::Arc;
use std::time::Instant;

use http::header::SERVER;
use http::{HeaderValue, Request, Response, StatusCode};

use crate::body::Body;
use crate::doors::{Doors, aws, download, oci};
use crate::intake::RequestBody;
use crate::metrics::RouteName;
use crate::{access_log, pages};

/// Answers any request.
pub(crate) async fn answer(doors: Arc<Doors>, request: Request<RequestBody>) -> Response<Body> {
    let began = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (route, mut response) = Box::pin(choose(&doors, request)).await;
    response.headers_mut().insert(SERVER, HeaderValue::from_static("Longshore"));
    let (status, took) = (response.status(), began.elapsed());
    doors.metrics.answered(route, status.as_u16(), took);
    access_log::write(route, &method, &path, status, took);
    response
}

async fn choose(doors: &Arc<Doors>, request: Request<RequestBody>) -> (RouteName, Response<Body>) {
    let path = request.uri().path();
    if path == "/v2" || path.starts_with("/v2/") {
        return oci::answer(doors, request).await;
    }
    if path.starts_with(download::PREFIX) {
        return download::answer(doors, request).await;
    }
    let (parts, body) = request.into_parts();
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
    (RouteName("unknown"), response)
}
