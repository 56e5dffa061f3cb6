//! The Query protocol (`Action=…`, answers in XML), which STS and IAM speak: not here yet.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::body::Body;
use crate::request_id::RequestId;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(content_type: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))])
    }

    #[test]
    fn forms_are_told_by_their_content_type() {
        #[rustfmt::skip]
        let cases = [
            ("application/x-www-form-urlencoded",                true,  "the usual"),
            ("application/x-www-form-urlencoded; charset=utf-8", true,  "as botocore sends it"),
            ("Application/X-WWW-Form-URLEncoded",                true,  "media types have no case"),
            ("application/x-amz-json-1.1",                       false, "another protocol"),
            ("",                                                 false, "nothing"),
        ];
        for (content_type, expected, because) in cases {
            assert_eq!(is_form(&headers(content_type)), expected, "{content_type:?}: {because}");
        }
        assert!(!is_form(&HeaderMap::new()));
    }

    #[test]
    fn every_action_is_refused_in_xml_that_names_the_request() {
        let response = refuse(&RequestId::from_random([0; 16]));
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/xml");
        let Body::Full(Some(body)) = response.into_body() else { panic!("a body that is at hand") };
        let text = str::from_utf8(&body).unwrap();
        assert!(text.contains("<Code>InvalidAction</Code>"), "{text}");
        assert!(
            text.contains("<RequestId>00000000-0000-4000-8000-000000000000</RequestId>"),
            "{text}"
        );
    }
}
