//! From an HTTP request to a call, and from its outcome to an HTTP answer.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use wire::aws::{FrontDoor, Operation, WireRefusal, json};

use super::call::Context;
use super::dispatch::dispatch;
use super::failure::Refused;
use super::query;
use crate::body::{Body, Unread, read_whole};
use crate::doors::Doors;
use crate::metrics::RouteName;
use crate::request_id::{RequestId, X_AMZN_REQUEST_ID};

const X_AMZ_TARGET: &str = "x-amz-target";

/// Bodies up to this size are taken in from anybody, as many as there are connections.
const SMALL_BODY_BYTES_MAX: usize = 1 << 20;

/// Does this request look like an AWS call? `POST /` with a target or a form. Presigned GETs are not
/// served: no client of these services makes them.
pub(crate) fn is_call(parts: &Parts) -> bool {
    parts.method == Method::POST
        && parts.uri.path() == "/"
        && (parts.headers.contains_key(X_AMZ_TARGET) || query::is_form(&parts.headers))
}

/// Answers one call. The name is the operation's.
pub(crate) async fn answer(
    doors: &Arc<Doors>,
    request: Request<Incoming>,
) -> (RouteName, Response<Body>) {
    let (parts, body) = request.into_parts();
    let id = RequestId::from_random(keys::random());
    let (route, mut response) = match parts.headers.get(X_AMZ_TARGET) {
        None => (RouteName("aws.query"), query::refuse(&id)),
        Some(target) => match json::target(target.to_str().unwrap_or_default()) {
            Err(refusal) => (RouteName("aws.unknown"), write_refusal(&refusal)),
            Ok(operation) => {
                let outcome = call(doors, &parts, &id, body, operation).await;
                let response = match outcome {
                    Ok(output) => write(StatusCode::OK, output),
                    Err(refused) => write_refusal(&refused.into_told(&id, operation.name())),
                };
                (route_name(operation), response)
            }
        },
    };
    response.headers_mut().insert(X_AMZN_REQUEST_ID, id.header());
    (route, response)
}

async fn call(
    doors: &Arc<Doors>,
    parts: &Parts,
    id: &RequestId,
    body: Incoming,
    operation: Operation,
) -> Result<Vec<u8>, Refused> {
    let service = operation.service().signing_name();
    let bytes_max = operation.spec().body_bytes_max();
    let _place = if bytes_max > SMALL_BODY_BYTES_MAX {
        // A large body costs memory before its signature can be checked: only a known key gets a place.
        doors.authenticator.require_known_key(parts, service).await?;
        Some(doors.large_calls.acquire().await.expect("the semaphore is never closed"))
    } else {
        None
    };
    let body = read_body(doors, body, bytes_max).await?;
    let caller = doors.authenticator.signed(parts, &body, service).await?;
    let from = doors.request_from(parts, id.clone());
    let context = Context { doors, caller: &caller, host: host_used(parts), from: &from };
    dispatch(&context, operation, &body).await
}

async fn read_body(doors: &Doors, body: Incoming, bytes_max: usize) -> Result<Bytes, WireRefusal> {
    read_whole(body, bytes_max, doors.silence_max).await.map_err(|unread| match unread {
        Unread::TooLarge => WireRefusal::new(
            FrontDoor::RequestEntityTooLarge,
            format!("The request body must not have more than {bytes_max} bytes"),
        ),
        Unread::Broken => WireRefusal::new(
            FrontDoor::RequestAborted,
            "The request body ended before it was complete",
        ),
    })
}

/// The host name that the client used: in HTTP/2 it is part of the target.
pub(super) fn host_used(parts: &Parts) -> &str {
    let header = || parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    parts.uri.authority().map(http::uri::Authority::as_str).or_else(header).unwrap_or_default()
}

fn write_refusal(refusal: &WireRefusal) -> Response<Body> {
    let status = StatusCode::from_u16(refusal.status()).expect("the tables hold statuses");
    write(status, json::write_error(refusal))
}

fn write(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let length = body.len();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(json::CONTENT_TYPE));
    headers.insert(CONTENT_LENGTH, length.into());
    response
}

/// `ecr.PutImage`: one of a fixed set, made once.
fn route_name(operation: Operation) -> RouteName {
    static NAMES: LazyLock<HashMap<Operation, String>> = LazyLock::new(|| {
        let name = |operation: Operation| {
            format!("{}.{}", operation.service().signing_name(), operation.name())
        };
        Operation::all().map(|operation| (operation, name(operation))).collect()
    });
    RouteName(NAMES.get(&operation).map_or("aws.unknown", String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_told_from_other_requests() {
        let target = Some(("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.PutImage"));
        let form = Some(("content-type", "application/x-www-form-urlencoded"));
        #[rustfmt::skip]
        let cases = [
            ("POST", "/",          target, true,  "a call"),
            ("POST", "/?x=1",      target, true,  "a query does not matter here, the signature covers it"),
            ("POST", "/",          form,   true,  "a call of STS or IAM"),
            ("POST", "/",          None,   false, "nothing says which operation"),
            ("GET",  "/",          target, false, "calls are posted"),
            ("POST", "/v2/",       target, false, "another door"),
            ("GET",  "/?Action=x", None,   false, "presigned calls are not served"),
        ];
        for (method, uri, header, expected, because) in cases {
            let mut request = Request::builder().method(method).uri(uri);
            if let Some((name, value)) = header {
                request = request.header(name, value);
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(is_call(&parts), expected, "{method} {uri}: {because}");
        }
    }

    #[test]
    fn the_host_is_the_one_that_the_client_used() {
        let parts = |uri: &str| {
            let request = Request::builder().uri(uri).header(HOST, "named.example:5050").body(());
            request.unwrap().into_parts().0
        };
        assert_eq!(host_used(&parts("/")), "named.example:5050");
        assert_eq!(host_used(&parts("https://asked.example/")), "asked.example", "HTTP/2");
    }

    #[test]
    fn every_operation_has_a_route_of_its_own() {
        let names: std::collections::BTreeSet<&str> =
            Operation::all().map(|operation| route_name(operation).0).collect();
        assert_eq!(names.len(), Operation::all().count());
        assert!(names.contains("ecr.PutImage") && names.contains("ecr-public.PutImage"));
    }
}
