//! The Query protocol (`Action=…`, answers in XML), which STS and IAM speak: not here yet.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use super::request_id::RequestId;
use crate::body::Body;

const FORM: &str = "application/x-www-form-urlencoded";

/// Is the body a form?
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with(FORM))
}

/// The refusal of every action, in the words of the protocol.
pub(super) fn refuse(request: &RequestId) -> Response<Body> {
    let text = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <Error>\n    \
         <Type>Sender</Type>\n    <Code>InvalidAction</Code>\n    \
         <Message>STS, IAM and other services with a Query API are not available in this registry yet.</Message>\n  \
         </Error>\n  <RequestId>{request}</RequestId>\n</ErrorResponse>\n"
    );
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    response
}
