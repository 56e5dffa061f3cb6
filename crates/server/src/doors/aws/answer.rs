//! Turns an HTTP request into a call, and its outcome into an HTTP response.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use identity::sigv4::PayloadHash;
use wire::aws::query::{self as xml, BODY_BYTES_MAX, Form};
use wire::aws::{FrontDoor, Operation, QueryDoor, Service, WireRefusal, json};

use super::call::Context;
use super::dispatch::dispatch;
use super::failure::Refused;
use super::query;
use super::unsigned::{UNSIGNED, perform_unsigned};
use super::words::Words;
use crate::authenticate::Head;
use crate::body::Body;
use crate::doors::{Doors, redirect};
use crate::intake::{Payer, RequestBody, Unread, WholeBody};
use crate::metrics::RouteName;
use crate::reached::{Misaddressed, Reached};
use crate::request_id::{RequestId, X_AMZN_REQUEST_ID};

const X_AMZ_TARGET: &str = "x-amz-target";

const X_AMZ_CONTENT_SHA256: &str = "x-amz-content-sha256";

/// Whether this request looks like an AWS call: `POST /` with a target or a form, or a presigned
/// `GET /`, whose form is the query.
pub(crate) fn is_call(parts: &Parts) -> bool {
    let says_which = match parts.method {
        Method::POST => parts.headers.contains_key(X_AMZ_TARGET) || query::is_form(&parts.headers),
        Method::GET => parts.uri.query().is_some_and(query::names_an_action),
        _ => false,
    };
    says_which && parts.uri.path() == "/"
}

/// Answers one call. The name is the operation's.
pub(crate) async fn answer(
    doors: &Arc<Doors>,
    request: Request<RequestBody>,
) -> (RouteName, Response<Body>) {
    let (parts, body) = request.into_parts();
    let id = RequestId::from_random(keys::random());
    let (route, mut response) = match parts.headers.get(X_AMZ_TARGET) {
        Some(target) if parts.method == Method::POST => {
            let target = target.to_str().unwrap_or_default();
            answer_json(doors, &parts, &id, body, target).await
        }
        _ => answer_query(doors, &parts, &id, body).await,
    };
    response.headers_mut().insert(X_AMZN_REQUEST_ID, id.header());
    (route, response)
}

/// Refuses a call that reached no registry: before it is known which call it is.
pub(crate) fn refuse_address(parts: &Parts, why: &Misaddressed) -> (RouteName, Response<Body>) {
    let id = RequestId::from_random(keys::random());
    let refusal = WireRefusal::new(FrontDoor::MalformedHttpRequest, why.to_string());
    let mut response = if parts.headers.contains_key(X_AMZ_TARGET) {
        write_json_refusal(&refusal)
    } else {
        write_query_refusal(None, &refusal, &id)
    };
    *response.status_mut() = why.status();
    response.headers_mut().insert(X_AMZN_REQUEST_ID, id.header());
    (RouteName("aws.unknown"), response)
}

/// An AWS JSON call: a header names the operation.
async fn answer_json(
    doors: &Arc<Doors>,
    parts: &Parts,
    id: &RequestId,
    body: RequestBody,
    target: &str,
) -> (RouteName, Response<Body>) {
    let operation = match json::target(target) {
        Ok(operation) => operation,
        Err(refusal) => return (RouteName("aws.unknown"), write_json_refusal(&refusal)),
    };
    let response = match call_json(doors, parts, id, body, operation).await {
        Ok(output) => write(StatusCode::OK, json::CONTENT_TYPE, output),
        Err(refused) => write_json_refusal(&refused.into_told(id, operation)),
    };
    (route_name(operation), response)
}

async fn call_json(
    doors: &Arc<Doors>,
    parts: &Parts,
    id: &RequestId,
    body: RequestBody,
    operation: Operation,
) -> Result<Vec<u8>, Refused> {
    let bytes_max = operation.spec().body_bytes_max();
    if body.announced().is_some_and(|bytes| bytes > bytes_max as u64) {
        return Err(json_unread(Unread::TooLarge, bytes_max).into());
    }
    let head = doors.authenticator.head(parts, operation.service()).await?;
    let payer = head.payer().unwrap_or_else(|| Payer::unproven(parts));
    let body = body.read_whole(payer, bytes_max).await;
    let body = body.map_err(|unread| json_unread(unread, bytes_max))?;
    signed_call(doors, parts, id, head, body.hash(), operation, &Words::Json(&body)).await
}

fn json_unread(unread: Unread, bytes_max: usize) -> WireRefusal {
    match unread {
        Unread::TooLarge => {
            WireRefusal::new(FrontDoor::RequestEntityTooLarge, too_large(bytes_max))
        }
        Unread::Broken => WireRefusal::new(FrontDoor::RequestAborted, BROKEN),
        Unread::NoRoom => WireRefusal::new(FrontDoor::Throttling, RATE_EXCEEDED),
    }
}

/// A Query call: its form names the operation.
async fn answer_query(
    doors: &Arc<Doors>,
    parts: &Parts,
    id: &RequestId,
    body: RequestBody,
) -> (RouteName, Response<Body>) {
    let refuse = |service, refusal: &WireRefusal| {
        (RouteName("aws.unknown"), write_query_refusal(service, refusal, id))
    };
    let body = match read_form(doors, parts, body).await {
        Ok(body) => body,
        Err(refusal) => return refuse(None, &refusal),
    };
    let from_query = parts.uri.query().unwrap_or_default().as_bytes();
    let words = if parts.method == Method::GET { from_query } else { &body };
    let form = match Form::parse(words) {
        Ok(form) => form,
        Err(refusal) => return refuse(None, &refusal),
    };
    let operation = match form.operation() {
        Ok(operation) => operation,
        Err(refusal) => return refuse(form.service(), &refusal),
    };
    let response = match call_query(doors, parts, id, body.hash(), operation, &form).await {
        Ok(output) => write(StatusCode::OK, xml::CONTENT_TYPE, output),
        Err(refused) => {
            let refusal = refused.into_told(id, operation);
            write_query_refusal(Some(operation.service()), &refusal, id)
        }
    };
    (route_name(operation), response)
}

async fn call_query(
    doors: &Arc<Doors>,
    parts: &Parts,
    id: &RequestId,
    body: &PayloadHash,
    operation: Operation,
    form: &Form<'_>,
) -> Result<Vec<u8>, Refused> {
    let words = Words::Query(form);
    if operation == UNSIGNED {
        let from = doors.request_from(parts, id.clone());
        return Box::pin(perform_unsigned(doors, &from, &words)).await;
    }
    let head = doors.authenticator.head(parts, operation.service()).await?;
    signed_call(doors, parts, id, head, body, operation, &words).await
}

/// A presigned call has no body.
async fn read_form(
    doors: &Doors,
    parts: &Parts,
    body: RequestBody,
) -> Result<WholeBody, WireRefusal> {
    let bytes_max = if parts.method == Method::GET { 0 } else { BODY_BYTES_MAX };
    let payer = payer_of_form(doors, parts).await;
    body.read_whole(payer, bytes_max).await.map_err(|unread| match unread {
        Unread::TooLarge => {
            WireRefusal::new(QueryDoor::RequestEntityTooLarge, too_large(bytes_max))
        }
        Unread::Broken => WireRefusal::new(QueryDoor::MalformedInput, BROKEN),
        Unread::NoRoom => WireRefusal::new(QueryDoor::Throttling, RATE_EXCEEDED),
    })
}

/// The form says which service it is for; nevertheless the head may already prove the caller.
async fn payer_of_form(doors: &Doors, parts: &Parts) -> Payer {
    if parts.headers.contains_key(X_AMZ_CONTENT_SHA256) {
        for service in [Service::Sts, Service::Iam] {
            let head = doors.authenticator.head(parts, service).await.ok();
            if let Some(payer) = head.and_then(|head| head.payer()) {
                return payer;
            }
        }
    }
    Payer::unproven(parts)
}

async fn signed_call(
    doors: &Arc<Doors>,
    parts: &Parts,
    id: &RequestId,
    head: Head,
    body: &PayloadHash,
    operation: Operation,
    words: &Words<'_>,
) -> Result<Vec<u8>, Refused> {
    let caller = doors.authenticator.signed(head, parts, body, operation.service()).await?;
    let from = doors.request_from(parts, id.clone());
    let redirects = redirect::settle(doors.redirects, &parts.headers);
    let context =
        Context { doors, caller: &caller, reached: Reached::of(parts), from: &from, redirects };
    dispatch(&context, operation, words).await
}

const RATE_EXCEEDED: &str = "Rate exceeded";

const BROKEN: &str = "The request body ended before it was complete";

fn too_large(bytes_max: usize) -> String {
    format!("The request body must not have more than {bytes_max} bytes")
}

fn write_json_refusal(refusal: &WireRefusal) -> Response<Body> {
    write(status(refusal), json::CONTENT_TYPE, json::write_error(refusal))
}

fn write_query_refusal(
    service: Option<Service>,
    refusal: &WireRefusal,
    id: &RequestId,
) -> Response<Body> {
    write(status(refusal), xml::CONTENT_TYPE, xml::write_error(service, refusal, id))
}

fn status(refusal: &WireRefusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).expect("the tables hold statuses")
}

fn write(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response<Body> {
    let length = body.len();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
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
            ("GET",  "/?Action=x", None,   true,  "a presigned call"),
            ("GET",  "/?x=1",      None,   false, "nothing says which operation"),
            ("GET",  "/v2/?Action=x", None, false, "another door"),
            ("PUT",  "/?Action=x", form,   false, "calls are posted or got"),
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
    fn every_operation_has_a_route_of_its_own() {
        let names: std::collections::BTreeSet<&str> =
            Operation::all().map(|operation| route_name(operation).0).collect();
        assert_eq!(names.len(), Operation::all().count());
        assert!(names.contains("ecr.PutImage") && names.contains("iam.CreateUser"));
    }
}
