//! The operational pages: liveness, readiness, metrics.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Response, StatusCode};

use crate::body::Body;
use crate::doors::Doors;
use crate::metrics::RouteName;

/// Answers an operational page; `None` if the path is none.
pub(crate) async fn answer(
    doors: &Doors,
    method: &Method,
    path: &str,
) -> Option<(RouteName, Response<Body>)> {
    let (name, response) = match path {
        "/healthz" => ("page.healthz", text(StatusCode::OK, "text/plain", "ok\n".to_owned())),
        "/readyz" => ("page.readyz", readyz(doors).await),
        "/metrics" => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ("page.metrics", text(StatusCode::OK, kind, doors.metrics.render()))
        }
        _ => return None,
    };
    if *method == Method::GET || *method == Method::HEAD {
        Some((RouteName(name), response))
    } else {
        let refused =
            text(StatusCode::METHOD_NOT_ALLOWED, "text/plain", "GET or HEAD only\n".to_owned());
        Some((RouteName(name), refused))
    }
}

/// Ready means: rows can be read, and the server is not shutting down. The object store is not
/// checked: every node uses the same one, so removing one node from service would not help.
async fn readyz(doors: &Doors) -> Response<Body> {
    if doors.tasks.is_draining() {
        return not_ready("draining\n");
    }
    let registry = doors.endpoints.default.clone();
    let read = doors.operations.list_repositories(&registry, None, 1);
    match tokio::time::timeout(READ_MAX, read).await {
        Ok(Ok(_)) => text(StatusCode::OK, "text/plain", "ready\n".to_owned()),
        Ok(Err(_)) => not_ready("the database cannot be read\n"),
        Err(_) => not_ready("the database does not answer in time\n"),
    }
}

/// A readiness check does not wait for long.
const READ_MAX: Duration = Duration::from_secs(2);

fn not_ready(why: &str) -> Response<Body> {
    text(StatusCode::SERVICE_UNAVAILABLE, "text/plain", why.to_owned())
}

fn text(status: StatusCode, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
